package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectSummary;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Each operation of the port, for tests of what breaks: what it finds, that its outcome is right, and what it leaves. */
enum PortOperation {
    HEAD {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            ObjectInfo info = store.head(scene.key);
            assertThat(info).isEqualTo(scene.info);
        }
    },
    GET {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) throws IOException {
            try (ObjectContent content = store.get(scene.key, GetOptions.WHOLE)) {
                assertThat(content.bytes().readAllBytes()).isEqualTo(scene.old);
                assertThat(content.info().summary()).isEqualTo(scene.info.summary());
            }
        }
    },
    GET_RANGE {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) throws IOException {
            GetOptions range = GetOptions.WHOLE.withRange(new ByteRange(100, 2_000));
            try (ObjectContent content = store.get(scene.key, range)) {
                assertThat(content.bytes().readAllBytes()).isEqualTo(Arrays.copyOfRange(scene.old, 100, 2_100));
            }
        }
    },
    GET_MISSING {
        @Override
        void prepare(Scene scene) {
            // Nothing is there.
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            try {
                store.get(scene.key, GetOptions.WHOLE).close();
                throw new AssertionError("There is no such object");
            } catch (CloudException missing) {
                if (missing.problem() != Problem.OBJECT_NOT_FOUND) {
                    throw missing;
                }
            }
        }
    },
    PUT {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            PutResult result = store.put(scene.key, Payload.of(scene.fresh), PutOptions.REPLACE);
            assertThat(result)
                    .isEqualTo(new PutResult.Stored(scene.direct.head(scene.key).etag()));
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            scene.assertOldOrFresh(succeeded);
        }
    },
    CREATE {
        @Override
        void prepare(Scene scene) {
            // Nothing is there.
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            PutResult result = store.put(scene.key, Payload.of(scene.fresh), PutOptions.CREATE_ONLY);
            assertThat(result)
                    .isEqualTo(new PutResult.Stored(scene.direct.head(scene.key).etag()));
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            scene.assertNothingOrFresh(succeeded);
        }
    },
    CREATE_TAKEN {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            PutResult result = store.put(scene.key, Payload.of(scene.fresh), PutOptions.CREATE_ONLY);
            assertThat(result).isEqualTo(new PutResult.Exists());
        }
    },
    DELETE {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            store.delete(scene.key);
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            if (succeeded) {
                assertThat(scene.bytes(scene.key)).isEmpty();
            }
        }
    },
    COPY {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            assertThat(store.copy(scene.key, copy(scene)))
                    .isEqualTo(scene.direct.head(copy(scene)).etag());
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            assertThat(scene.bytes(copy(scene)).orElse(succeeded ? new byte[0] : scene.old))
                    .isEqualTo(scene.old);
        }

        private ObjectKey copy(Scene scene) {
            return new ObjectKey(scene.key.value() + "-copy");
        }
    },
    LIST {
        @Override
        void prepare(Scene scene) {
            for (int i = 0; i < OBJECTS; i++) {
                scene.direct.put(new ObjectKey(scene.folder.value() + i), Payload.of(new byte[i]), PutOptions.REPLACE);
            }
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            List<Long> sizes = new ArrayList<>();
            for (ListPage page : store.list(ListRequest.all(scene.folder).withPageSize(2))) {
                page.objects().stream().map(ObjectSummary::size).forEach(sizes::add);
            }
            assertThat(sizes).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    },
    CHECK_BUCKET {
        @Override
        void prepare(Scene scene) {
            // The bucket is there.
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            store.checkBucket();
        }
    },
    CREATE_UPLOAD {
        @Override
        void prepare(Scene scene) {
            // Nothing is there.
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            MultipartUpload upload = store.multipart().create(scene.key, PutOptions.REPLACE);
            assertThat(scene.direct.multipart().open(scene.folder))
                    .extracting(MultipartUpload::id)
                    .contains(upload.id());
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            assertThat(scene.bytes(scene.key)).isEmpty();
        }
    },
    UPLOAD_PART {
        @Override
        void prepare(Scene scene) {
            scene.beginUpload();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            scene.part = store.multipart().upload(scene.upload, 1, Payload.of(scene.fresh));
            assertThat(scene.direct.multipart().parts(scene.upload)).containsExactly(scene.part);
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            List<Part> parts = new ArrayList<>();
            scene.direct.multipart().parts(scene.upload).forEach(parts::add);
            if (!parts.isEmpty()) {
                scene.direct.multipart().complete(scene.upload, parts, WriteMode.REPLACE);
            }
            scene.assertNothingOrFresh(succeeded);
        }
    },
    COMPLETE {
        @Override
        void prepare(Scene scene) {
            scene.putOld();
            scene.uploadPart();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            complete(scene, store, WriteMode.REPLACE);
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            scene.assertOldOrFresh(succeeded);
        }
    },
    COMPLETE_CREATE {
        @Override
        void prepare(Scene scene) {
            scene.uploadPart();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            complete(scene, store, WriteMode.CREATE_ONLY);
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            scene.assertNothingOrFresh(succeeded);
        }
    },
    ABORT {
        @Override
        void prepare(Scene scene) {
            scene.uploadPart();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            store.multipart().abort(scene.upload);
            assertThat(scene.uploads()).isZero();
        }

        @Override
        void check(Scene scene, boolean succeeded) throws IOException {
            assertThat(scene.bytes(scene.key)).isEmpty();
        }
    },
    LIST_PARTS {
        @Override
        void prepare(Scene scene) {
            scene.uploadPart();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            assertThat(store.multipart().parts(scene.upload)).containsExactly(scene.part);
        }
    },
    LIST_UPLOADS {
        @Override
        void prepare(Scene scene) {
            scene.beginUpload();
        }

        @Override
        void run(Scene scene, ObjectStore store) {
            assertThat(store.multipart().open(scene.folder))
                    .extracting(MultipartUpload::id)
                    .containsExactly(scene.upload.id());
        }
    };

    private static final int OBJECTS = 5;

    /** Makes what the operation needs. */
    abstract void prepare(Scene scene);

    /** Runs it, and fails when it comes to a wrong result. */
    abstract void run(Scene scene, ObjectStore store) throws IOException;

    /** What is there afterwards: all that was said to be done, and nothing by half. Reading changes nothing. */
    void check(Scene scene, boolean succeeded) throws IOException {
        if (scene.info != null) {
            assertThat(scene.bytes(scene.key)).contains(scene.old);
        }
    }

    private static void complete(Scene scene, ObjectStore store, WriteMode mode) {
        PutResult result = store.multipart().complete(scene.upload, List.of(scene.part), mode);
        assertThat(result)
                .isEqualTo(new PutResult.Stored(scene.direct.head(scene.key).etag()));
        assertThat(scene.uploads()).isZero();
    }
}
