package comfybucket.doctor;

import comfybucket.doctor.Finding.Verdict;
import comfybucket.error.CloudException;
import comfybucket.profile.Machine;
import comfybucket.profile.Profile;
import java.util.List;
import java.util.function.Consumer;

/** Looks at one profile, from its settings to a link that opens. What it writes, it removes. */
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new EndpointCheck(),
            new PrefixCheck(),
            new ProxyCheck(),
            new BucketCheck(),
            new ListCheck(),
            new WriteCheck(),
            new ReadCheck(),
            new ClockCheck(),
            new CreateOnlyCheck(),
            new MultipartCheck(),
            new TagsCheck(),
            new LinkCheck(),
            new DeleteCheck());

    private final Machine machine;

    public Doctor(Machine machine) {
        this.machine = machine;
    }

    /**
     * @param tell is told each finding when it is made
     * @return whether nothing is bad
     */
    public boolean examine(Profile profile, Consumer<Finding> tell) {
        boolean well = true;
        String hopeless = "";
        try (Patient patient = new Patient(profile, machine)) {
            for (Check check : CHECKS) {
                Finding finding = hopeless.isEmpty() ? look(check, patient) : Finding.skipped(check, hopeless);
                tell.accept(finding);
                boolean bad = finding.verdict() == Verdict.BAD;
                well &= !bad;
                if (bad && check.isEssential()) {
                    hopeless = "Not looked at, because of " + check.name() + ".";
                }
            }
        }
        return well;
    }

    private static Finding look(Check check, Patient patient) {
        if (check.needsObject() && patient.object().isEmpty()) {
            return Finding.skipped(check, "Not looked at, because nothing could be written.");
        }
        try {
            return check.look(patient);
        } catch (CloudException problem) {
            return Finding.bad(check, problem);
        }
    }
}
