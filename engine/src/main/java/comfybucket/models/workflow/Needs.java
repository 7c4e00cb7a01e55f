package comfybucket.models.workflow;

import comfybucket.profile.ProfileRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through a workflow's nodes for what they load. */
final class Needs {
    /** What loaders take for a model, in nodes that are not known by name. */
    private static final Pattern MODEL_NAME =
            Pattern.compile("[^\\p{Cntrl}:*?\"<>|]{1,250}\\.(safetensors|sft|gguf|onnx|pt|pth|ckpt|bin)");

    /** Embeddings are named in prompts ({@code comfy/sd1_clip.py}). */
    private static final Pattern EMBEDDING = Pattern.compile("embedding:([\\w./\\\\-]+)");

    private static final String DOWNLOAD = "LoadModelFromCloud";
    private static final String PROFILE = "CloudStorageProfile";
    private static final int LONGEST_CHAIN = 100;

    private final Workflow workflow;
    private final Set<Need> needs = new LinkedHashSet<>();
    private final Set<List<Object>> seen = new LinkedHashSet<>();

    Needs(Workflow workflow) {
        this.workflow = workflow;
    }

    List<Need> all() {
        workflow.nodes().forEach(this::look);
        return new ArrayList<>(needs);
    }

    private void look(WorkflowNode node) {
        if (node.type().equals(DOWNLOAD)) {
            text(node, "model_type").ifPresentOrElse(type -> key(node, type), () -> unknown(node, "model_type"));
        } else if (node.type().endsWith("FromCloud")
                && KnownNodes.find(node.type()).isPresent()) {
            key(node, KnownNodes.find(node.type()).get().models().get("key"));
        } else {
            KnownNodes.find(node.type())
                    .ifPresentOrElse(
                            known -> known.models().forEach((input, type) -> file(node, input, type)),
                            () -> guess(node));
        }
        node.inputs().values().forEach(value -> {
            if (value instanceof Value.Typed(String text)) {
                embeddings(node, text);
            }
        });
    }

    private void key(WorkflowNode node, String type) {
        Optional<String> key = text(node, "key");
        if (key.isEmpty()) {
            unknown(node, "key");
        } else if (!key.get().isBlank()) {
            Optional<ProfileRef> profile = profile(node);
            add(new Need.Key(name(node), type, key.get(), profile), List.of(type, key.get(), profile));
        }
    }

    private Optional<ProfileRef> profile(WorkflowNode node) {
        return node.inputs().get("profile") instanceof Value.Linked(String id)
                ? workflow.node(id)
                        .filter(origin -> origin.type().equals(PROFILE))
                        .map(origin -> new ProfileRef(
                                text(origin, "profile").orElse(ProfileRef.ENVIRONMENT),
                                text(origin, "provider").orElse(ProfileRef.FROM_PROFILE),
                                text(origin, "bucket").orElse(""),
                                text(origin, "path_prefix").orElse("")))
                : Optional.empty();
    }

    private void file(WorkflowNode node, String input, String type) {
        if (node.inputs().get(input) instanceof Value.Linked(String id)
                && workflow.node(id)
                        .map(WorkflowNode::type)
                        .filter(DOWNLOAD::equals)
                        .isPresent()) {
            return; // Its key is what is needed.
        }
        text(node, input)
                .ifPresentOrElse(
                        name -> {
                            // Loaders list things of their own beside files, such as "pixel_space".
                            if (MODEL_NAME
                                    .matcher(name.toLowerCase(Locale.ROOT))
                                    .matches()) {
                                add(node, Optional.of(type), name);
                            }
                        },
                        () -> unknown(node, input));
    }

    private void guess(WorkflowNode node) {
        node.inputs().values().forEach(value -> {
            if (value instanceof Value.Typed(String text)
                    && MODEL_NAME.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
                String fileName = text.substring(text.replace('\\', '/').lastIndexOf('/') + 1);
                add(
                        node,
                        Optional.ofNullable(
                                node.folders().getOrDefault(text, node.folders().get(fileName))),
                        text);
            }
        });
    }

    private void embeddings(WorkflowNode node, String text) {
        Matcher embedding = EMBEDDING.matcher(text);
        while (embedding.find()) {
            add(node, Optional.of("embeddings"), embedding.group(1).replaceAll("\\.+$", ""));
        }
    }

    private void add(WorkflowNode node, Optional<String> type, String name) {
        String path = name.replace('\\', '/');
        add(new Need.File(name(node), type, path), List.of(type, path));
    }

    private void add(Need need, List<Object> what) {
        if (seen.add(what)) {
            needs.add(need);
        }
    }

    private void unknown(WorkflowNode node, String input) {
        if (node.inputs().containsKey(input)) {
            needs.add(new Need.Unknown(name(node), input));
        }
    }

    /** What an input has, typed into it or into a node that only holds a text. */
    private Optional<String> text(WorkflowNode node, String input) {
        Value value = node.inputs().get(input);
        for (int i = 0; i < LONGEST_CHAIN && value instanceof Value.Linked(String id); i++) {
            WorkflowNode origin = workflow.node(id).orElse(null);
            value = origin == null ? null : held(origin);
        }
        return value instanceof Value.Typed(String text) ? Optional.of(text) : Optional.empty();
    }

    private static Value held(WorkflowNode node) {
        return node.type().startsWith("Primitive") ? node.inputs().get("value") : null;
    }

    private static String name(WorkflowNode node) {
        return node.id() + " (" + node.type() + ")";
    }
}
