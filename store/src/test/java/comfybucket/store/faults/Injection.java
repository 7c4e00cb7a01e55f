package comfybucket.store.faults;

/** A fault and where it strikes. */
public record Injection(Fault fault, Position position) {
    @Override
    public String toString() {
        return fault + " " + position;
    }
}
