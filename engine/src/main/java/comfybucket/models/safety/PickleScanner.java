package comfybucket.models.safety;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads a pickle without running it and collects the names that it mentions. Every instruction of the protocols 0 to 5
 * is followed as far as texts can come together to a name: stack, marks and memo. An instruction that nobody knows ends
 * it, since nothing behind it can be understood.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">All instructions</a>
 */
final class PickleScanner {
    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput in;
    private final PickleNames names;
    private PickleMemory memory = new PickleMemory();

    PickleScanner(PickleInput in, PickleNames names) {
        this.in = in;
        this.names = names;
    }

    /** Reads to the end of one pickle. False when there is none, because the input has ended. */
    boolean scanOne() throws IOException {
        memory = new PickleMemory();
        int instruction = in.next();
        if (instruction < 0) {
            return false;
        }
        while (instruction != '.') {
            if (instruction < 0) {
                throw new UnfitException("is cut off");
            }
            step(instruction);
            instruction = in.next();
        }
        memory.pop();
        return true;
    }

    private void step(int instruction) throws IOException {
        switch (instruction) {
            case 0x80 -> protocol(in.number(1)); // PROTO
            case 0x95 -> in.skip(8); // FRAME: only says how much to read at once

            // Names
            case 'c' -> { // GLOBAL
                name(in.line(), in.line());
                memory.push(PickleMemory.OTHER);
            }
            case 'i' -> { // INST
                name(in.line(), in.line());
                memory.popToMark();
                memory.push(PickleMemory.OTHER);
            }
            case 0x93 -> { // STACK_GLOBAL
                Optional<String> name = memory.pop();
                name(memory.pop(), name);
                memory.push(PickleMemory.OTHER);
            }
            case 0x82 -> extension(in.number(1)); // EXT1
            case 0x83 -> extension(in.number(2)); // EXT2
            case 0x84 -> extension(in.number(4)); // EXT4

            // Texts
            case 'S' -> memory.push(quoted(in.line())); // STRING
            case 'T', 'X' -> memory.push(in.text(in.number(4))); // BINSTRING, BINUNICODE
            case 'U', 0x8C -> memory.push(in.text(in.number(1))); // SHORT_BINSTRING, SHORT_BINUNICODE
            case 'V' -> memory.push(in.line()); // UNICODE
            case 0x8D -> memory.push(in.text(in.number(8))); // BINUNICODE8

            // Other values
            case 'N', 0x88, 0x89, ')', ']', '}', 0x8F, 0x97 ->
                memory.push(PickleMemory.OTHER); // constants, NEXT_BUFFER
            case 'F', 'I', 'L', 'P' -> { // FLOAT, INT, LONG, PERSID
                var _ = in.line();
                memory.push(PickleMemory.OTHER);
            }
            case 'K' -> counted(1); // BININT1
            case 'M' -> counted(2); // BININT2
            case 'J' -> counted(4); // BININT
            case 'G' -> counted(8); // BINFLOAT
            case 0x8A, 'C' -> counted(in.number(1)); // LONG1, SHORT_BINBYTES
            case 0x8B, 'B' -> counted(in.number(4)); // LONG4, BINBYTES
            case 0x8E, 0x96 -> counted(in.number(8)); // BINBYTES8, BYTEARRAY8

            // What is made of the values on the stack
            case '(' -> memory.mark(); // MARK
            case '0' -> memory.popValueOrMark(); // POP
            case '1' -> memory.popToMark(); // POP_MARK
            case '2' -> memory.push(memory.top()); // DUP
            case 'Q', 0x85 -> memory.replace(1); // BINPERSID, TUPLE1
            case 'R', 0x81, 0x86, 'a', 'b' -> memory.replace(2); // REDUCE, NEWOBJ, TUPLE2, APPEND, BUILD
            case 0x87, 0x92, 's' -> memory.replace(3); // TUPLE3, NEWOBJ_EX, SETITEM
            case 'd', 'l', 't', 'o' -> { // DICT, LIST, TUPLE, OBJ
                memory.popToMark();
                memory.push(PickleMemory.OTHER);
            }
            case 'e', 'u', 0x90 -> { // APPENDS, SETITEMS, ADDITEMS
                memory.popToMark();
                memory.replace(1);
            }
            case 0x91 -> { // FROZENSET
                memory.popToMark();
                memory.push(PickleMemory.OTHER);
            }
            case 0x98 -> memory.replace(1); // READONLY_BUFFER

            // The memo
            case 'p' -> memory.put(index(in.line())); // PUT
            case 'q' -> memory.put(in.number(1)); // BINPUT
            case 'r' -> memory.put(in.number(4)); // LONG_BINPUT
            case 0x94 -> memory.memoize(); // MEMOIZE
            case 'g' -> memory.push(memory.get(index(in.line()))); // GET
            case 'h' -> memory.push(memory.get(in.number(1))); // BINGET
            case 'j' -> memory.push(memory.get(in.number(4))); // LONG_BINGET

            default ->
                throw new UnfitException("holds a pickle with an instruction that nobody knows (0x"
                        + Integer.toHexString(instruction) + ")");
        }
    }

    private static void protocol(long number) throws UnfitException {
        if (number > NEWEST_PROTOCOL) {
            throw new UnfitException("holds a pickle of a protocol that nobody knows (" + number + ")");
        }
    }

    private void name(Optional<String> module, Optional<String> name) {
        if (module.isPresent() && name.isPresent()) {
            names.mention(module.get(), name.get());
        } else {
            names.suspect("a name that is put together while it is loaded");
        }
    }

    /** The program that loads decides what the number means. */
    private void extension(long code) throws IOException {
        names.suspect("extension " + code);
        memory.push(PickleMemory.OTHER);
    }

    private void counted(long length) throws IOException {
        in.skip(length);
        memory.push(PickleMemory.OTHER);
    }

    /** Escapes stay as they are: what needs one is not among the names that are allowed. */
    private static Optional<String> quoted(Optional<String> line) {
        return line.map(String::strip).map(text -> text.length() < 2 ? text : text.substring(1, text.length() - 1));
    }

    private static long index(Optional<String> line) throws UnfitException {
        try {
            return Long.parseLong(line.orElse("").strip());
        } catch (NumberFormatException noNumber) {
            throw new UnfitException("holds a pickle that is damaged");
        }
    }
}
