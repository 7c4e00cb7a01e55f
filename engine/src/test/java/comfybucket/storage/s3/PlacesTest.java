package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void areHalvedOnceForRequestsThatAreRefusedTogether() {
        Places places = new Places(16);
        for (int i = 0; i < 16; i++) {
            places.busy();
        }
        assertThat(places.allowed()).isEqualTo(8);
    }

    @Test
    void growAgainByOneForEachRoundOfAnswersAndNotFurtherThanWasAllowed() {
        Places places = new Places(4);
        places.busy();
        places.answered();
        assertThat(places.allowed()).isEqualTo(2);
        places.answered();
        assertThat(places.allowed()).isEqualTo(3);
        for (int i = 0; i < 100; i++) {
            places.answered();
        }
        assertThat(places.allowed()).isEqualTo(4);
    }

    @Test
    void neverVanish() throws InterruptedException {
        Places places = new Places(1);
        places.busy();
        places.take();
        assertThat(places.allowed()).isEqualTo(1);
    }

    @Test
    void areWaitedFor() throws InterruptedException {
        Places places = new Places(1);
        places.take();
        CountDownLatch second = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                places.take();
                second.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(second.await(50, TimeUnit.MILLISECONDS)).isFalse();
        places.giveBack();
        assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
        waiting.join();
    }
}
