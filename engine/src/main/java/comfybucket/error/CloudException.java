package comfybucket.error;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link Problem} that has happened, with the values its text names. The message is meant for the user. */
public final class CloudException extends RuntimeException {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final Problem problem;

    /** @param values what fills the placeholders of the problem's text; one that is missing is an error of ours */
    public CloudException(Problem problem, Map<String, String> values) {
        this(problem, values, null);
    }

    public CloudException(Problem problem, Map<String, String> values, Throwable cause) {
        super(sentence(problem.happened(), values) + " " + sentence(problem.remedy(), values), cause);
        this.problem = problem;
    }

    private CloudException(CloudException main, String more) {
        super(main.getMessage() + " " + more, main);
        this.problem = main.problem;
    }

    /** The same problem, with what another one has to add for the user. */
    public CloudException with(Problem addition, Map<String, String> values) {
        return new CloudException(this, new CloudException(addition, values).getMessage());
    }

    public Problem problem() {
        return problem;
    }

    /** Ends in one full stop, also where a value that others wrote brought its own. */
    private static String sentence(String template, Map<String, String> values) {
        return fill(template, values).strip().replaceFirst("\\.*$", ".");
    }

    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("No value for {" + match.group(1) + "} in: " + template);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
