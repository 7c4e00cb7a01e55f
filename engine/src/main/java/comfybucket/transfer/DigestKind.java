package comfybucket.transfer;

import comfybucket.checksum.Digests;
import java.security.MessageDigest;

/** A hash that takes all bytes one after another. */
enum DigestKind {
    SHA256,
    MD5;

    MessageDigest start() {
        return switch (this) {
            case SHA256 -> Digests.sha256();
            case MD5 -> Digests.md5();
        };
    }
}
