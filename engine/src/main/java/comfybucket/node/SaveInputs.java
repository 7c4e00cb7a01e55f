package comfybucket.node;

import comfybucket.profile.ProfileRef;

/** What every save node asks for, beside what it saves. */
interface SaveInputs {
    /** Takes tokens, as does the file name. */
    String keyPrefix();

    String filename();

    ProfileRef profile();

    /** Whether a link to the first file is made. */
    Boolean presignUrl();

    Integer expiresHours();

    /** {@link ProfileRef#FROM_PROFILE} or a {@link comfybucket.naming.OnConflict}, as nodes spell it. */
    String onConflict();

    /** {@link ProfileRef#FROM_PROFILE} or a {@link comfybucket.profile.Upload}, as nodes spell it. */
    String upload();
}
