package comfybucket.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which variables send requests through a proxy. Whether it lets them through, the bucket's check says. */
final class ProxyCheck implements Check {
    private static final List<String> VARIABLES = List.of("https_proxy", "http_proxy", "all_proxy");

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public Finding look(Patient patient) {
        String set = VARIABLES.stream()
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> !patient.environment().getOrDefault(name, "").isBlank())
                .collect(Collectors.joining(", "));
        return set.isEmpty()
                ? Finding.good(this, "none")
                : Finding.good(this, "Set by " + set + "; hosts in NO_PROXY are reached without it.");
    }
}
