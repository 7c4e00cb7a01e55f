package comfybucket.models.safety;

import java.io.IOException;

/** What is wanted lies in the part of the file that has not arrived. */
final class NotThereYetException extends IOException {}
