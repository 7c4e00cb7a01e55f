package comfybucket.store.personality;

import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Resigner;
import java.nio.charset.StandardCharsets;

/** Says of a listing that its keys are encoded, and writes them as they are. */
record ClaimsUrlEncoding() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            if (!request.method().equals("GET") || !Asked.has(request, "encoding-type")) {
                return store.handle(request);
            }
            Response plain = store.handle(resigner.signed(request, Asked.withoutParameter(request, "encoding-type")));
            String text = new String(Answers.bytes(plain), StandardCharsets.UTF_8);
            String claimed = text.replaceFirst("<IsTruncated>", "<EncodingType>url</EncodingType><IsTruncated>");
            return plain.with(new Body.Bytes(claimed.getBytes(StandardCharsets.UTF_8)));
        };
    }
}
