package comfybucket.models.safety;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.models.cache.ContentCheck;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;

/** Whether a file is the model that its name promises, by its content, and harmless to load. */
public final class ModelCheck implements ContentCheck {
    private final String uri;
    private final ModelFormat format;
    private final boolean allowPickle;

    private ModelCheck(String uri, ModelFormat format, boolean allowPickle) {
        this.uri = uri;
        this.format = format;
        this.allowPickle = allowPickle;
    }

    /**
     * @param fileName the name that the model will have
     * @param uri the object that it comes from, for messages
     * @param allowPickle whether the owner of the settings trusts pickles whatever they name
     * @throws CloudException {@link Problem#NOT_A_MODEL} for a name that no model has
     */
    public static ModelCheck of(String fileName, String uri, boolean allowPickle) {
        return ModelFormat.of(fileName)
                .map(format -> new ModelCheck(uri, format, allowPickle))
                .orElseThrow(() -> notAModel(uri, "has a name that ends in none of " + ModelFormat.allEndings()));
    }

    @Override
    public String rule() {
        return format != ModelFormat.PICKLE ? "header" : allowPickle ? "any-pickle" : "weights-only";
    }

    @Override
    public void beginning(ByteBuffer first, long size) {
        try {
            check(ModelBytes.beginning(first, size));
        } catch (IOException impossible) {
            throw new IllegalStateException("These bytes are in memory", impossible);
        }
    }

    @Override
    public void whole(SeekableByteChannel file) throws IOException {
        check(ModelBytes.whole(file));
    }

    private void check(ModelBytes file) throws IOException {
        PickleNames names = new PickleNames();
        try {
            look(file, names);
            requireHarmless(names);
        } catch (NotThereYetException later) {
            requireHarmless(names);
        } catch (UnfitException unfit) {
            requireHarmless(names);
            throw notAModel(uri, unfit.getMessage());
        } catch (EOFException end) {
            requireHarmless(names);
            throw notAModel(uri, "is cut off");
        }
    }

    private void look(ModelBytes file, PickleNames names) throws IOException {
        if (file.size() == 0) {
            throw new UnfitException("is empty");
        }
        switch (format) {
            case PICKLE -> TorchFile.check(file, names);
            case SAFETENSORS -> {
                HiddenContent.checkBeginning(file, names);
                SafetensorsFile.check(file);
                HiddenContent.checkEnd(file);
            }
            case GGUF -> {
                GgufFile.check(file);
                HiddenContent.checkEnd(file);
            }
            case ONNX -> {
                HiddenContent.checkBeginning(file, names);
                OnnxFile.check(file);
                HiddenContent.checkEnd(file);
            }
        }
    }

    private void requireHarmless(PickleNames names) {
        if (!allowPickle && !names.areHarmless()) {
            throw new CloudException(Problem.PICKLE_REFUSED, Map.of("uri", uri, "names", names.foreign()));
        }
    }

    private static CloudException notAModel(String uri, String reason) {
        return new CloudException(Problem.NOT_A_MODEL, Map.of("uri", uri, "reason", reason));
    }
}
