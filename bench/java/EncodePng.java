import comfybucket.media.Image8;
import comfybucket.media.PngEncoder;
import comfybucket.media.WorkflowMetadata;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;

/**
 * Encodes the pictures that come in, on one thread. In, for each: width, height and channels, 32 bits each, then the
 * samples. Out: nanoseconds and the file's length, 64 bits each, then the file. Numbers are big-endian.
 */
void main() throws Exception {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20));
    while (true) {
        Image8 image;
        try {
            int width = in.readInt();
            int height = in.readInt();
            int channels = in.readInt();
            image = new Image8(width, height, channels, in.readNBytes(width * height * channels));
        } catch (EOFException ended) {
            return;
        }
        long start = System.nanoTime();
        byte[] file = PngEncoder.encode(image, WorkflowMetadata.NONE);
        out.writeLong(System.nanoTime() - start);
        out.writeLong(file.length);
        out.write(file);
        out.flush();
    }
}
