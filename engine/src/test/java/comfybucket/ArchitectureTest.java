package comfybucket;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of {@code docs/architecture.md} against the code. */
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("comfybucket");

    /** Which packages of ours each package may see, beside itself. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("about", Set.of()),
            Map.entry("checksum", Set.of()),
            Map.entry("files", Set.of()),
            Map.entry("process", Set.of()),
            Map.entry("error", Set.of()),
            Map.entry("ledger", Set.of("files")),
            Map.entry(
                    "backup",
                    Set.of(
                            "ledger",
                            "outbox",
                            "transfer",
                            "browse",
                            "connect",
                            "naming",
                            "profile",
                            "storage",
                            "files",
                            "error")),
            Map.entry("storage", Set.of("error")),
            Map.entry("http", Set.of()),
            Map.entry("storage.s3", Set.of("storage", "provider", "profile", "http", "files", "checksum", "error")),
            Map.entry("provider", Set.of("error")),
            Map.entry("naming", Set.of("storage", "files", "error")),
            Map.entry("profile", Set.of("provider", "storage", "naming", "files", "error")),
            Map.entry("media", Set.of("media.deflate", "error")),
            Map.entry("media.deflate", Set.of()),
            Map.entry("media.cache", Set.of("transfer", "connect", "profile", "storage", "files", "error")),
            Map.entry("browse", Set.of("connect", "storage", "error")),
            Map.entry("local", Set.of("store", "error")),
            Map.entry(
                    "connect",
                    Set.of("about", "local", "profile", "provider", "storage", "storage.s3", "store", "error")),
            Map.entry(
                    "node",
                    Set.of(
                            "models.cache",
                            "media.cache",
                            "browse",
                            "models.folders",
                            "models.safety",
                            "outbox",
                            "transfer",
                            "connect",
                            "media",
                            "naming",
                            "profile",
                            "provider",
                            "storage",
                            "files",
                            "error")),
            Map.entry("transfer", Set.of("connect", "profile", "storage", "checksum", "files", "process", "error")),
            Map.entry(
                    "models.cache", Set.of("transfer", "connect", "profile", "storage", "checksum", "files", "error")),
            Map.entry("models.folders", Set.of("models.cache", "error")),
            Map.entry("models.safety", Set.of("models.cache", "error")),
            Map.entry(
                    "outbox",
                    Set.of(
                            "ledger",
                            "connect",
                            "media",
                            "naming",
                            "profile",
                            "transfer",
                            "storage",
                            "files",
                            "process",
                            "error")),
            Map.entry(
                    "models.workflow",
                    Set.of("models.cache", "models.folders", "connect", "profile", "storage", "error")),
            Map.entry("doctor", Set.of("connect", "profile", "provider", "storage", "error")),
            Map.entry("rpc", Set.of("node", "outbox", "media", "models.folders", "error")),
            Map.entry(
                    "cli",
                    Set.of(
                            "node",
                            "models.cache",
                            "models.folders",
                            "models.safety",
                            "models.workflow",
                            "media.cache",
                            "browse",
                            "outbox",
                            "transfer",
                            "doctor",
                            "connect",
                            "media",
                            "naming",
                            "profile",
                            "provider",
                            "storage",
                            "about",
                            "files",
                            "error")));

    @TestFactory
    Stream<DynamicTest> eachPackageSeesOnlyWhatTheTableAllows() {
        return MAY_SEE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] allowed = Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                            .map(name -> "comfybucket." + name)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage("comfybucket." + entry.getKey())
                            .should()
                            .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                                    "lie outside of the product or in " + String.join(", ", allowed),
                                    type -> !type.getPackageName().startsWith("comfybucket")
                                            || Set.of(allowed).contains(type.getPackageName())))
                            .check(ENGINE);
                }));
    }

    @Test
    void onlyTheAdapterSeesTheSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("comfybucket.storage.s3")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(ENGINE);
    }

    @Test
    void ourHttpNeedsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("comfybucket.http")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("comfybucket.http", "java..", "javax.net.ssl..")
                .check(ENGINE);
    }

    @Test
    void onlyTheFrontDoorKnowsTheProtocolsLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages("comfybucket.rpc", "comfybucket")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.lsp4j..")
                .check(ENGINE);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("comfybucket.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(ENGINE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("comfybucket.(*)..").should().beFreeOfCycles().check(ENGINE);
    }
}
