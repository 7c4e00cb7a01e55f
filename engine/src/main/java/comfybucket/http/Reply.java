package comfybucket.http;

import java.io.InputStream;
import java.util.List;

/**
 * What a server answers.
 *
 * @param status from 200 to 999
 * @param headers in the server's order
 * @param body to be read to its end or closed; what is closed earlier costs the connection. It ends with an
 *     {@link java.io.IOException} where it is cut short
 */
public record Reply(int status, String reason, List<Header> headers, InputStream body) {}
