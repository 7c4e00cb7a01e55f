package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.storage.KeyPrefix;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the fields of a profile may hold. A {@link Mistake} continues a sentence that begins with the field's name. */
final class Values {
    private static final Pattern KEY = Pattern.compile("[!-~]+");
    private static final Pattern HEADER = Pattern.compile("[ -~]+");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._:-]{1,255}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    // A dot, because "<account>.eu" is how some write R2's jurisdictions.
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int MAX_CONCURRENCY = 256;
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
    private static final int MAX_TAGS = 10;
    private static final int MAX_TAG_NAME = 128;
    private static final int MAX_TAG_VALUE = 256;

    private Values() {}

    static String text(Json json) throws Mistake {
        return raw(json).strip();
    }

    static String key(Json json) throws Mistake {
        return matching(json, KEY, "holds a blank or another character that no key has");
    }

    static String header(Json json) throws Mistake {
        return matching(json, HEADER, "must be plain ASCII on one line");
    }

    static String bucket(Json json) throws Mistake {
        return matching(json, BUCKET, "is not a bucket's name; folders belong into path_prefix");
    }

    static String region(Json json) throws Mistake {
        return matching(json, REGION, "must be letters, digits and hyphens");
    }

    static String accountId(Json json) throws Mistake {
        return matching(json, ACCOUNT, "must be letters, digits and hyphens");
    }

    /** As it is: a blank is a character like any other in a key. */
    static String prefix(Json json) throws Mistake {
        try {
            return new KeyPrefix(raw(json)).value();
        } catch (CloudException e) {
            throw new Mistake(json.line(), "must be 1 to 1024 bytes of well-formed text");
        }
    }

    static boolean flag(Json json) throws Mistake {
        if (json instanceof Json.Flag flag) {
            return flag.value();
        }
        throw new Mistake(json.line(), "must be true or false, without quotes");
    }

    static int concurrency(Json json) throws Mistake {
        if (json instanceof Json.Digits digits && digits.value().matches("[0-9]{1,3}")) {
            int value = Integer.parseInt(digits.value());
            if (value >= 1 && value <= MAX_CONCURRENCY) {
                return value;
            }
        }
        throw new Mistake(json.line(), "must be a whole number from 1 to " + MAX_CONCURRENCY);
    }

    static <E extends Enum<E>> E word(Json json, E[] choices, Function<E, String> word) throws Mistake {
        String chosen = raw(json).strip().toLowerCase(Locale.ROOT);
        for (E choice : choices) {
            if (word.apply(choice).equals(chosen)) {
                return choice;
            }
        }
        throw new Mistake(
                json.line(),
                "must be one of "
                        + Arrays.stream(choices)
                                .map(word)
                                .map(name -> '"' + name + '"')
                                .collect(Collectors.joining(", ")));
    }

    static String encryption(Json json) throws Mistake {
        List<String> algorithms = List.of("AES256", "aws:kms", "aws:kms:dsse");
        String algorithm = text(json);
        if (!algorithms.contains(algorithm)) {
            throw new Mistake(json.line(), "must be one of " + String.join(", ", algorithms));
        }
        return algorithm;
    }

    /** The address of a store; one without a scheme, as some dashboards show it, is https. */
    static URI endpoint(Json json) throws Mistake {
        String address = text(json);
        return address(json.line(), address.contains("://") ? address : "https://" + address);
    }

    static URI url(Json json) throws Mistake {
        return address(json.line(), text(json));
    }

    static Path path(Json json) throws Mistake {
        try {
            String path = text(json);
            Path home = Path.of(System.getProperty("user.home"));
            Path absolute = path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
            if (absolute.isAbsolute()) {
                return absolute;
            }
        } catch (InvalidPathException e) {
            // Said below, like a relative one.
        }
        throw new Mistake(json.line(), "must be a whole path, from the root or from ~/");
    }

    static Map<String, String> tags(Json json) throws Mistake {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Json.Member tag : members(json, "must be an object of names and texts in braces")) {
            if (tag.name().isEmpty() || tag.name().length() > MAX_TAG_NAME) {
                throw new Mistake(tag.line(), "has a name that is empty or longer than " + MAX_TAG_NAME);
            }
            String value = scalar(tag.value());
            if (value.length() > MAX_TAG_VALUE) {
                throw new Mistake(tag.line(), "has a value longer than " + MAX_TAG_VALUE);
            }
            if (tags.put(tag.name(), value) != null) {
                throw new Mistake(tag.line(), "has a name twice");
            }
        }
        if (tags.size() > MAX_TAGS) {
            throw new Mistake(json.line(), "has more than " + MAX_TAGS + " tags, which is what S3 allows");
        }
        return tags;
    }

    /** Empty for {@code "static"}. */
    static Optional<Credentials.DefaultChain> credentials(Json json) throws Mistake {
        String shape = "must be \"static\", \"default_chain\", or"
                + " {\"type\": \"default_chain\", \"aws_profile\": …, \"role_arn\": …}";
        if (json instanceof Json.Text) {
            return switch (text(json)) {
                case "static" -> Optional.empty();
                case "default_chain" -> Optional.of(new Credentials.DefaultChain(Optional.empty(), Optional.empty()));
                default -> throw new Mistake(json.line(), shape);
            };
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (Json.Member member : members(json, shape)) {
            if (!List.of("type", "aws_profile", "role_arn").contains(member.name())) {
                throw new Mistake(member.line(), shape);
            }
            given.put(member.name(), header(member.value()));
        }
        if (!"default_chain".equals(given.get("type"))) {
            throw new Mistake(json.line(), shape);
        }
        return Optional.of(new Credentials.DefaultChain(
                Optional.ofNullable(given.get("aws_profile")), Optional.ofNullable(given.get("role_arn"))));
    }

    /** Empty for {@code false}. */
    static Optional<AutoBackup> autoBackup(Json json) throws Mistake {
        if (json instanceof Json.Flag flag) {
            return flag.value() ? Optional.of(AutoBackup.DEFAULT) : Optional.empty();
        }
        String shape = "must be true, false, or an object with some of key_prefix, include, exclude, existing and"
                + " remove_after";
        String keyPrefix = AutoBackup.DEFAULT.keyPrefix();
        List<String> include = List.of();
        List<String> exclude = List.of();
        boolean existing = false;
        Optional<Duration> removeAfter = Optional.empty();
        for (Json.Member member : members(json, shape)) {
            switch (member.name()) {
                case "key_prefix" -> keyPrefix = prefix(member.value());
                case "include" -> include = patterns(member.value());
                case "exclude" -> exclude = patterns(member.value());
                case "existing" -> existing = flag(member.value());
                case "remove_after" -> removeAfter = Optional.of(Quantities.duration(member.value()));
                default -> throw new Mistake(member.line(), shape);
            }
        }
        return Optional.of(new AutoBackup(keyPrefix, include, exclude, existing, removeAfter));
    }

    private static List<String> patterns(Json json) throws Mistake {
        if (!(json instanceof Json.Items items)) {
            throw new Mistake(json.line(), "must hold patterns in brackets, like [\"**/*.png\"]");
        }
        List<String> patterns = new ArrayList<>();
        for (Json item : items.values()) {
            patterns.add(text(item));
        }
        return patterns;
    }

    static String raw(Json json) throws Mistake {
        if (json instanceof Json.Text text) {
            return text.value();
        }
        throw new Mistake(json.line(), "must be a text in double quotes");
    }

    private static String matching(Json json, Pattern pattern, String otherwise) throws Mistake {
        String value = text(json);
        if (!pattern.matcher(value).matches()) {
            throw new Mistake(json.line(), otherwise);
        }
        return value;
    }

    private static List<Json.Member> members(Json json, String otherwise) throws Mistake {
        if (json instanceof Json.Members members) {
            return members.values();
        }
        throw new Mistake(json.line(), otherwise);
    }

    private static String scalar(Json json) throws Mistake {
        return switch (json) {
            case Json.Text text -> text.value();
            case Json.Digits digits -> digits.value();
            case Json.Flag flag -> Boolean.toString(flag.value());
            case Json.Nothing _, Json.Items _, Json.Members _ ->
                throw new Mistake(json.line(), "must hold texts in double quotes");
        };
    }

    private static URI address(int line, String text) throws Mistake {
        URI uri;
        try {
            uri = new URI(text.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw new Mistake(line, "must be an address like https://s3.example.com");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new Mistake(line, "must begin with https:// or http://");
        }
        if (uri.getHost() == null) {
            throw new Mistake(line, "has no host, or one with a character that no host name has (such as _)");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new Mistake(line, "may hold a host, a port and a path only");
        }
        return uri;
    }
}
