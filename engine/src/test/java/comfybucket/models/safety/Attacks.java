package comfybucket.models.safety;

import java.util.LinkedHashMap;
import java.util.Map;

/** Pickles that run a program when they are loaded, in every way that the instructions allow, and some that would fail. */
final class Attacks {
    private static final String SYSTEM = "cposix\nsystem\n";
    private static final String CALL = "(S'id'\ntR.";

    /** What it is, to its bytes. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("GLOBAL", text(SYSTEM + CALL));
        all.put(
                "GLOBAL in protocol 2",
                Bytes.of().hex("80 02").text(SYSTEM + CALL).done());
        all.put("GLOBAL os", text("cos\nsystem\n" + CALL));
        all.put("GLOBAL nt", text("cnt\nsystem\n" + CALL));
        all.put("eval", text("c__builtin__\neval\n" + CALL));
        all.put("exec", text("cbuiltins\nexec\n" + CALL));
        all.put("getattr", text("cbuiltins\ngetattr\n(cbuiltins\nset\nS'__class__'\ntR."));
        all.put("import", text("cbuiltins\n__import__\n" + CALL));
        all.put("apply", text("c__builtin__\napply\n" + CALL));
        all.put("Popen", text("csubprocess\nPopen\n((S'id'\nltR."));
        all.put("runpy", text("crunpy\n_run_code\n" + CALL));
        all.put("pty", text("cpty\nspawn\n" + CALL));
        all.put("browser", text("cwebbrowser\nopen\n(S'http://evil'\ntR."));
        all.put("pickle in pickle", text("c_pickle\nloads\n(S'" + "cos\\nsystem\\n" + "'\ntR."));
        all.put("torch.load", text("ctorch.serialization\nload\n(S'evil.pt'\ntR."));
        all.put("torch's own loader", text("ctorch.storage\n_load_from_bytes\n(C\1xtR."));
        all.put("torch.hub", text("ctorch.hub\nload\n" + CALL));
        all.put("numpy", text("cnumpy.testing._private.utils\nrunstring\n" + CALL));
        all.put("dotted name", text("ccollections\nOrderedDict.__init__.__globals__\n."));
        all.put("name with a blank", text("cbuiltins\nset \n."));
        all.put("name with a carriage return", text("cbuiltins\r\nset\r\n."));
        all.put("allowed name in another module", text("cevil\nOrderedDict\n(tR."));
        all.put("INST", text("(S'id'\nios\nsystem\n."));
        all.put("OBJ", text("(" + SYSTEM + "S'id'\no."));
        all.put("NEWOBJ", text("csubprocess\nPopen\n((S'id'\nlt\u0081."));
        all.put("NEWOBJ_EX", text("csubprocess\nPopen\n((S'id'\nlt}\u0092."));
        all.put("BUILD", text("cevil\nClass\n)\u0081}b."));
        all.put("STACK_GLOBAL", text("\u0080\4\u008c\5posix\u008c\6system\u0093\u008c\2id\u0085R."));
        all.put(
                "STACK_GLOBAL of long texts",
                Bytes.of()
                        .text("\u0080\4X")
                        .int32(5)
                        .text("posix\u008d")
                        .int64(6)
                        .text("system\u0093" + CALL)
                        .done());
        all.put("STACK_GLOBAL of old texts", text("U\5posixS'system'\n\u0093" + CALL));
        all.put("STACK_GLOBAL of a line", text("Vposix\nVsystem\n\u0093" + CALL));
        all.put("STACK_GLOBAL by escapes", text("Vposi\\u0078\nVsystem\n\u0093" + CALL));
        all.put("STACK_GLOBAL by BINGET", text("\u008c\5posixq\0000\u008c\6systemq\0010h\0h\1\u0093" + CALL));
        all.put(
                "STACK_GLOBAL by LONG_BINGET",
                Bytes.of()
                        .text("\u008c\5posixr")
                        .int32(70000)
                        .text("0\u008c\6systemr")
                        .int32(70001)
                        .text("0j")
                        .int32(70000)
                        .text("j")
                        .int32(70001)
                        .text("\u0093" + CALL)
                        .done());
        all.put(
                "STACK_GLOBAL by MEMOIZE",
                text("\u0080\4\u008c\5posix\u00940\u008c\6system\u00940h\0h\1\u0093" + CALL));
        all.put("STACK_GLOBAL by PUT and GET", text("\u008c\5posixp7\n0\u008c\6systemp8\n0g7\ng8\n\u0093" + CALL));
        all.put("STACK_GLOBAL by DUP", text("\u008c\5posix\u008c\5posix2\u0093" + "0" + "\u0093."));
        all.put("memo overwritten", text("\u008c\3sysq\0000\u008c\5posixq\0000h\0\u008c\6system\u0093" + CALL));
        all.put(
                "framed",
                Bytes.of()
                        .hex("80 04 95")
                        .int64(19)
                        .text("\u008c\5posix\u0094\u008c\6system\u0094\u0093\u0094)R.")
                        .done());
        all.put("name that is made while loading", text("c_codecs\nencode\n(Vposix\nVlatin1\ntRVsystem\n\u0093."));
        all.put("name of a number", text("K\1K\2\u0093."));
        all.put("overlong name", text("c" + "a".repeat(5000) + "\nb\n."));
        all.put("EXT1", text("\u0082\1."));
        all.put("EXT2", text("\u0083\1\1."));
        all.put("EXT4", text("\u0084\1\0\0\0."));
        all.put("called and dropped", text(SYSTEM + "(S'id'\ntR0N."));
        all.put("called and dropped with a mark", text("(" + SYSTEM + "(S'id'\ntR1}."));
        all.put("deep inside", text("}(S'state_dict'\n](K\1K\2}S'x'\n" + SYSTEM + "(S'id'\ntRseu."));
        all.put(
                "behind the model",
                Bytes.of().bytes(Models.stateDict()).text(SYSTEM + CALL).done());
        all.put("before damage", text(SYSTEM + "(S'id'\ntR\377\377"));
        all.put("without an end", text(SYSTEM + "(S'id'\ntR"));
        all.put("as persistent id", text("(" + SYSTEM + "(S'id'\ntRtQ."));
        all.put("in a bytearray's argument", text("cbuiltins\nbytearray\n(" + SYSTEM + "(S'id'\ntRtR."));
        all.put("as a frozen set", text("(" + SYSTEM + "(S'id'\ntR\u0091."));
        return all;
    }

    /** Each in everything that a loader would find it in. */
    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] harmless = Models.stateDict();
        all().forEach((name, pickle) -> {
            files.put(name + ", by itself", pickle);
            files.put(name + ", in an archive", Models.archive(pickle));
            files.put(name + ", in an old file", Models.legacy(pickle));
        });
        byte[] evil = all().get("GLOBAL");
        files.put("second archive member", Bytes.zip("m/data.pkl", harmless, "m/extra.pkl", evil));
        files.put("member of another case", Bytes.zip("m/data.pkl", harmless, "m/DATA.PKL", evil));
        files.put("member of another folder", Bytes.zip("x/data.pkl", harmless, "m/data.pkl", evil));
        files.put("TorchScript", Bytes.zip("m/data.pkl", harmless, "m/constants.pkl", harmless, "m/code/x.py", evil));
        return files;
    }

    private static byte[] text(String text) {
        return Bytes.of().text(text).done();
    }

    private Attacks() {}
}
