package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {
    @ParameterizedTest
    @CsvSource({
        "100, 60, 100, 60",
        "101, 60, 50, 30",
        "1024, 1024, 93, 93",
        "3000, 1, 100, 1",
        "1, 3000, 1, 100",
        "250, 2, 83, 1",
        "65535, 1, 99, 1"
    })
    void noSideIsLongerThanWanted(int width, int height, int smallWidth, int smallHeight) {
        for (int channels : new int[] {1, 3, 4}) {
            Image8 small = Thumbnail.of(Pictures.photo(width, height, channels, 1), 100);
            assertThat(small.width()).isEqualTo(smallWidth);
            assertThat(small.height()).isEqualTo(smallHeight);
            assertThat(small.channels()).isEqualTo(channels);
        }
    }

    @Test
    void aPixelIsTheMeanOfFour() {
        byte[] samples = {0, 10, 100, 100, 20, 31, (byte) 200, (byte) 255};
        Image8 small = Thumbnail.of(new Image8(4, 2, 1, samples), 2);
        assertThat(small.toArray()).containsExactly(15, (byte) 164);
    }

    @Test
    void coloursStayWhereTheyAre() {
        Image8 small = Thumbnail.of(Pictures.flat(300, 200, 4, 7), 50);
        assertThat(small.toArray()).isEqualTo(Pictures.flat(50, 33, 4, 7).toArray());
    }
}
