package comfybucket.node;

import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.naming.Counters;
import comfybucket.naming.LocalClock;
import comfybucket.naming.Namer;
import comfybucket.outbox.Outbox;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** All nodes, by id. */
public final class Nodes {
    private final Map<String, Node<?>> byId = new TreeMap<>();

    /** For a process that saves nothing worth keeping: its outbox goes with the system's temporary files. */
    public Nodes(Buckets buckets, Host host, MediaCache cache) {
        this(buckets, Path.of(System.getProperty("java.io.tmpdir"), "comfy-bucket-outbox"), host, cache);
    }

    /**
     * For a process without a page that could be told anything.
     *
     * @param outbox the folder of its outbox, which need not exist
     */
    public Nodes(Buckets buckets, Path outbox, Host host, MediaCache cache) {
        this(
                buckets,
                new Namer(new LocalClock(), new SecureRandom(), Counters.inMemory()),
                namer -> new Outbox(outbox, buckets::open, namer, notice -> {}),
                host,
                cache);
    }

    private Nodes(Buckets buckets, Namer namer, Function<Namer, Outbox> outbox, Host host, MediaCache cache) {
        this(buckets, outbox.apply(namer), namer, host, cache);
    }

    public Nodes(Buckets buckets, Outbox outbox, Namer namer, Host host, MediaCache cache) {
        SaveRun.Tools saving = new SaveRun.Tools(buckets, outbox, namer, new Previews(host.temp()));
        ModelFetcher models = new ModelFetcher(buckets);
        List<Node<?>> all = List.of(
                new CloudStorageProfile(buckets),
                new SaveImageToCloud(saving),
                new SaveVideoToCloud(saving),
                new SaveAudioToCloud(saving),
                new SaveFileToCloud(saving, new ComfyFiles(host)),
                new SaveTextToCloud(saving),
                new LoadFromCloud("LoadImageFromCloud", buckets, cache),
                new LoadFromCloud("LoadAudioFromCloud", buckets, cache),
                new LoadFromCloud("LoadVideoFromCloud", buckets, cache),
                new LoadImagesFromCloud(buckets, cache),
                new LoadModelFromCloud(models),
                new ListBucketContents(buckets),
                new GeneratePresignedURL(buckets),
                new TestCloudConnection(buckets));
        all.forEach(node -> byId.put(node.id(), node));
        ModelForLoader.all(models).forEach(node -> byId.put(node.id(), node));
    }

    /**
     * Does the node's work.
     *
     * @throws IllegalArgumentException when there is no such node or the inputs are not of its types
     */
    public NodeResult run(String node, JsonObject inputs, RunContext context) {
        return run(find(node), inputs, context);
    }

    private static <I extends Record> NodeResult run(Node<I> node, JsonObject inputs, RunContext context) {
        return node.run(Given.read(inputs, node.inputs()), context);
    }

    /**
     * Whether the node could do its work, as far as its inputs and the settings tell.
     *
     * @throws IllegalArgumentException when there is no such node or the inputs are not of its types
     * @throws comfybucket.error.CloudException as a run would
     */
    public void check(String node, JsonObject inputs) {
        check(find(node), inputs);
    }

    private static <I extends Record> void check(Node<I> node, JsonObject inputs) {
        node.check(Given.read(inputs, node.inputs()));
    }

    /**
     * Whether the store would refuse what the node saves, as far as it says so at once.
     *
     * @throws IllegalArgumentException when there is no such node or the inputs are not of its types
     * @throws comfybucket.error.CloudException as a run would
     */
    public void reach(String node, JsonObject inputs) {
        reach(find(node), inputs);
    }

    private static <I extends Record> void reach(Node<I> node, JsonObject inputs) {
        node.reach(Given.read(inputs, node.inputs()));
    }

    /** Changes when what the node would read has changed. */
    public String identity(String node, JsonObject inputs) {
        if (find(node) instanceof Node.Reader<?> reader) {
            return identity(reader, inputs);
        }
        throw new IllegalArgumentException(node + " reads nothing that could change");
    }

    private static <I extends Record> String identity(Node.Reader<I> node, JsonObject inputs) {
        return node.identity(Given.read(inputs, node.inputs()));
    }

    Set<String> ids() {
        return byId.keySet();
    }

    Node<?> find(String id) {
        Node<?> node = byId.get(id);
        if (node == null) {
            throw new IllegalArgumentException("No node is called " + id);
        }
        return node;
    }
}
