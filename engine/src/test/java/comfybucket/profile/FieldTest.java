package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {
    @Test
    void everyFieldOfTheContractIsThere() {
        assertThat(Field.names())
                .containsExactlyInAnyOrder(
                        "provider",
                        "access_key",
                        "secret_key",
                        "bucket",
                        "region",
                        "endpoint_url",
                        "account_id",
                        "path_prefix",
                        "read_only",
                        "default_tags",
                        "session_token",
                        "public_base_url",
                        "storage_class",
                        "server_side_encryption",
                        "kms_key_id",
                        "cache_control",
                        "force_path_style",
                        "allow_http",
                        "allow_pickle",
                        "allow_bucket_override",
                        "ca_bundle",
                        "credentials",
                        "concurrency",
                        "bandwidth_limit",
                        "model_cache_limit",
                        "media_cache_limit",
                        "outbox_limit",
                        "upload",
                        "on_conflict",
                        "auto_backup",
                        "folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void nullAndAnEmptyTextAreNoValueInAnyField(String json) throws Mistake {
        for (String name : Field.names()) {
            assertThat(read(name, json)).isEqualTo(Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            provider               | " AWS S3 "                  | AWS S3
            access_key             | "AKIA1\\n"                  | AKIA1
            secret_key             | "a/b+c="                    | **redacted**
            session_token          | "t"                         | **redacted**
            bucket                 | "my.bucket-1"               | my.bucket-1
            region                 | "us-west-004"               | us-west-004
            endpoint_url           | "https://s3.example.com/"   | https://s3.example.com
            endpoint_url           | "s3.example.com:9000"       | https://s3.example.com:9000
            endpoint_url           | "HTTP://[::1]:9000"         | HTTP://[::1]:9000
            endpoint_url           | "https://x.co/storage/v1"   | https://x.co/storage/v1
            account_id             | "4cc0.eu"                   | 4cc0.eu
            path_prefix            | " a / b /"                  | ` a / b /`
            read_only              | true                        | true
            allow_bucket_override  | false                       | false
            ca_bundle              | "/etc/ca.pem"               | /etc/ca.pem
            public_base_url        | "https://cdn.example.com/x" | https://cdn.example.com/x
            storage_class          | "STANDARD_IA"               | STANDARD_IA
            server_side_encryption | "aws:kms"                   | aws:kms
            cache_control          | "max-age=60"                | max-age=60
            upload                 | "Background"                | BACKGROUND
            on_conflict            | "overwrite"                 | OVERWRITE
            concurrency            | 32                          | 32
            bandwidth_limit        | 500000                      | 500000
            bandwidth_limit        | "20 MB/s"                   | 20000000
            model_cache_limit      | "1.5 GiB"                   | 1610612736
            model_cache_limit      | "200g"                      | 200000000000
            media_cache_limit      | "2 GiB"                     | 2147483648
            model_cache_limit      | "1KB"                       | 1000
            """)
    void readsWhatPeopleWrite(String name, String json, String value) throws Mistake {
        assertThat(read(name, json).orElseThrow()).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            provider               | 5                           | must be a text
            access_key             | "AK IA"                     | holds a blank
            secret_key             | "gehe\\u00efm"              | holds a blank or another character
            secret_key             | 12345                       | must be a text
            bucket                 | "a/b"                       | folders belong into path_prefix
            bucket                 | "s3://a"                    | folders belong into path_prefix
            region                 | "evil.com/"                 | must be letters
            account_id             | "x/y"                       | must be letters
            account_id             | "..x"                       | must be letters
            endpoint_url           | "ftp://x"                   | must begin with https:// or http://
            endpoint_url           | "https://"                  | must be an address
            endpoint_url           | "https://a_b:9000"          | has no host
            endpoint_url           | "https://u:p@x"             | may hold a host, a port and a path only
            endpoint_url           | "https://x?y=z"             | may hold a host, a port and a path only
            endpoint_url           | "https://x y"               | must be an address
            path_prefix            | "\\ud83d"                   | well-formed
            read_only              | "true"                      | must be true or false, without quotes
            read_only              | 1                           | must be true or false, without quotes
            ca_bundle              | "ca.pem"                    | must be a whole path
            ca_bundle              | "/a\\u0000b"                | must be a whole path
            default_tags           | "a=b"                       | must be an object
            default_tags           | {"a": []}                   | must hold texts
            default_tags           | {"": "x"}                   | has a name that is empty
            default_tags           | {"a": "x", "a": "y"}        | has a name twice
            storage_class          | "A\\nB"                     | must be plain ASCII
            server_side_encryption | "yes"                       | must be one of AES256, aws:kms
            upload                 | "later"                     | must be one of "wait", "background"
            on_conflict            | "skip"                      | must be one of "rename", "overwrite", "fail"
            concurrency            | 0                           | must be a whole number from 1 to 256
            concurrency            | 1.5                         | must be a whole number
            concurrency            | "4"                         | must be a whole number
            bandwidth_limit        | 0                           | must be a number of bytes above 0
            bandwidth_limit        | "fast"                      | must be a number of bytes
            model_cache_limit      | "99999999999999 TB"         | must be a number of bytes
            credentials            | "chain"                     | must be "static", "default_chain"
            credentials            | {"aws_profile": "x"}        | must be "static", "default_chain"
            credentials            | {"type": "default_chain", "role": "x"} | must be "static", "default_chain"
            auto_backup            | "yes"                       | must be true, false
            auto_backup            | {"remove_after": "soon"}    | must hold a time like
            auto_backup            | {"remove": "7d"}            | must be true, false
            auto_backup            | {"include": "**/*.png"}     | must hold patterns in brackets
            auto_backup            | {"existing": "yes"}         | must be true or false
            """)
    void saysWhatAValueMustBe(String name, String json, String complaint) {
        assertThatThrownBy(() -> read(name, json))
                .isInstanceOf(Mistake.class)
                .hasMessageStartingWith(name + " ")
                .hasMessageContaining(complaint);
    }

    @Test
    void readsWhatHasParts() throws Mistake {
        assertThat(read("default_tags", "{\"project\": \"x\", \"year\": 2026, \"final\": true}"))
                .contains(Map.of("project", "x", "year", "2026", "final", "true"));
        assertThat(read("credentials", "\"static\"")).contains(Optional.empty());
        assertThat(read("credentials", "\"default_chain\""))
                .contains(Optional.of(new Credentials.DefaultChain(Optional.empty(), Optional.empty())));
        assertThat(read(
                        "credentials",
                        "{\"type\": \"default_chain\", \"aws_profile\": \"w\", \"role_arn\": \"arn:x\"}"))
                .contains(Optional.of(new Credentials.DefaultChain(Optional.of("w"), Optional.of("arn:x"))));
        assertThat(read("auto_backup", "false")).contains(Optional.empty());
        assertThat(read("auto_backup", "true")).contains(Optional.of(AutoBackup.DEFAULT));
        assertThat(read("auto_backup", "{\"remove_after\": \"2w\"}"))
                .contains(Optional.of(new AutoBackup(
                        "comfyui/output/", List.of(), List.of(), false, Optional.of(Duration.ofDays(14)))));
        assertThat(read(
                        "auto_backup",
                        "{\"key_prefix\": \"%year%/\", \"include\": [\"**/*.png\"], \"exclude\": [\"old/**\"],"
                                + " \"existing\": true}"))
                .contains(Optional.of(
                        new AutoBackup("%year%/", List.of("**/*.png"), List.of("old/**"), true, Optional.empty())));
    }

    private static Optional<Object> read(String name, String json) throws Mistake {
        return Field.named(name).orElseThrow().read(new JsonText(json).value()).map(value -> value);
    }
}
