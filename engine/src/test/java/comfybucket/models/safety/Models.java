package comfybucket.models.safety;

/** Whole, harmless models of each format, as their own libraries write them. */
final class Models {
    private static final String MAGIC = "8002 8a0a6cfc9c46f9206aa85019 2e";

    static byte[] safetensors() {
        return safetensors(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"a\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},"
                        + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[12,12]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[12,16]}}   ",
                16);
    }

    static byte[] safetensors(String header, int data) {
        byte[] json = Bytes.of().utf8(header).done();
        return Bytes.of().int64(json.length).bytes(json).bytes(new byte[data]).done();
    }

    static byte[] gguf() {
        return Bytes.of()
                .text("GGUF")
                .int32(3)
                .int64(1)
                .int64(1)
                .int64(20)
                .text("general.architecture")
                .int32(8)
                .int64(4)
                .text("unet")
                .int64(1)
                .text("w")
                .int32(1)
                .int64(4)
                .int32(0)
                .int64(0)
                .bytes(new byte[64])
                .done();
    }

    static byte[] onnx() {
        return Bytes.of()
                .hex("08 08") // ir_version 8
                .hex("12 07")
                .text("pytorch") // producer_name
                .hex("3a 06 0a04")
                .text("node") // graph
                .hex("42 02 10 11") // opset_import 17
                .done();
    }

    /** What torch.save has written since PyTorch 1.6. */
    static byte[] archive() {
        return archive(stateDict());
    }

    static byte[] archive(byte[] pickle) {
        return Bytes.zip(
                "model/data.pkl",
                pickle,
                "model/byteorder",
                Bytes.of().text("little").done(),
                "model/data/0",
                new byte[16],
                "model/version",
                Bytes.of().text("3\n").done());
    }

    /** What torch.save wrote before that. */
    static byte[] legacy() {
        return legacy(stateDict());
    }

    static byte[] legacy(byte[] pickle) {
        return Bytes.of()
                .hex(MAGIC)
                .hex("80 02 4d e9 03 2e") // 1001
                .hex("80 02 7d 71 00 28 58 0d000000")
                .text("little_endian")
                .hex("71 01 88 75 2e")
                .bytes(pickle)
                .hex("80 02 5d 71 00 58 01000000")
                .text("0")
                .hex("71 01 61 2e")
                .int64(4)
                .bytes(new byte[16])
                .done();
    }

    /** {"w": a tensor of four floats} as PyTorch 2 writes it. */
    static byte[] stateDict() {
        return Bytes.of()
                .hex("80 02")
                .text("ccollections\nOrderedDict\n")
                .hex("71 00 29 52 71 01") // () REDUCE
                .hex("58 01000000")
                .text("w")
                .hex("71 02")
                .text("ctorch._utils\n_rebuild_tensor_v2\n")
                .hex("71 03 28 28") // two marks
                .hex("58 07000000")
                .text("storage")
                .hex("71 04")
                .text("ctorch\nFloatStorage\n")
                .hex("71 05 58 01000000")
                .text("0")
                .hex("71 06 58 03000000")
                .text("cpu")
                .hex("71 07 4b 04 74 71 08 51") // 4, TUPLE, BINPERSID
                .hex("4b 00 4b 04 85 71 09 4b 01 85 71 0a 89") // 0, (4,), (1,), False
                .text("ccollections\nOrderedDict\n")
                .hex("29 52 71 0b 74 71 0c 52 71 0d 73 2e") // () REDUCE, TUPLE REDUCE, SETITEM
                .done();
    }

    private Models() {}
}
