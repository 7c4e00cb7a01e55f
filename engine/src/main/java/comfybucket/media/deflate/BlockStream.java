package comfybucket.media.deflate;

/** Gathers literals and matches and writes a block whenever enough have come. */
final class BlockStream {
    private final Block block = new Block();
    private final BlockWriter writer;
    private final Prices prices;

    BlockStream(BitWriter out, Prices prices) {
        this.writer = new BlockWriter(out);
        this.prices = prices;
    }

    void literals(byte[] from, int start, int end) {
        int at = start;
        while (at < end) {
            int part = Math.min(end - at, block.room());
            block.addLiterals(from, at, part);
            at += part;
            writeIfFull();
        }
    }

    void match(int length, int distance) {
        block.addMatch(length, distance);
        writeIfFull();
    }

    private void writeIfFull() {
        if (block.room() == 0) {
            writer.write(block, false, prices);
            block.clear();
        }
    }

    void finish() {
        writer.write(block, true, prices);
        block.clear();
    }
}
