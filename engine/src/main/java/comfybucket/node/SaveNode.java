package comfybucket.node;

/** What all save nodes have in common: where they save is settled, or refused, before they look at what they save. */
abstract sealed class SaveNode<I extends Record & SaveInputs> implements Node<I>
        permits SaveImageToCloud, SaveVideoToCloud, SaveAudioToCloud, SaveFileToCloud, SaveTextToCloud {
    private final SaveRun.Tools tools;

    SaveNode(SaveRun.Tools tools) {
        this.tools = tools;
    }

    @Override
    public final void check(I inputs) {
        var _ = new SaveRun(tools, inputs, RunContext.plain(Progress.NONE));
    }

    @Override
    public final void reach(I inputs) {
        new SaveRun(tools, inputs, RunContext.plain(Progress.NONE)).requireBucket();
    }

    @Override
    public final NodeResult run(I inputs, RunContext context) {
        return save(inputs, context, new SaveRun(tools, inputs, context));
    }

    /** Makes the files and gives them to the run. */
    abstract NodeResult save(I inputs, RunContext context, SaveRun run);
}
