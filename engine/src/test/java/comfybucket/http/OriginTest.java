package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
    /** They are compared by hand, so that none of their parts may be forgotten. */
    @Test
    void differInEachOfTheirParts() {
        Origin origin = new Origin(true, "store.test", 443);
        assertThat(origin)
                .isEqualTo(new Origin(true, "store.test", 443))
                .hasSameHashCodeAs(new Origin(true, "store.test", 443))
                .isNotEqualTo(new Origin(false, "store.test", 443))
                .isNotEqualTo(new Origin(true, "other.test", 443))
                .isNotEqualTo(new Origin(true, "store.test", 444));
        assertThat(Origin.class.getRecordComponents()).hasSize(3);
    }
}
