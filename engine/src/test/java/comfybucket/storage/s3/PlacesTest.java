package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void areHalvedOnceForRequestsThatAreRefusedTogether() throws InterruptedException {
        Places places = taken(16, 16);
        long begun = System.nanoTime();
        for (int i = 0; i < 16; i++) {
            places.busy(begun);
        }
        assertThat(places.allowed()).isEqualTo(8);
    }

    @Test
    void areHalvedAgainForARequestThatWasSentSince() throws InterruptedException {
        Places places = taken(16, 16);
        places.busy(System.nanoTime());
        places.busy(System.nanoTime());
        assertThat(places.allowed()).isEqualTo(4);
    }

    @Test
    void areHalfOfThoseThatAreTaken() throws InterruptedException {
        Places places = taken(64, 16);
        places.busy(System.nanoTime());
        assertThat(places.allowed()).isEqualTo(8);
    }

    @Test
    void growAgainByOneForEachRoundOfAnswersAndNotFurtherThanWasAllowed() throws InterruptedException {
        Places places = taken(4, 4);
        places.busy(System.nanoTime());
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
        places.busy(System.nanoTime());
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

    private static Places taken(int most, int count) throws InterruptedException {
        Places places = new Places(most);
        for (int i = 0; i < count; i++) {
            places.take();
        }
        return places;
    }
}
