package comfybucket.store.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** How a fault is done to a request. */
sealed interface Strike {
    /**
     * Handles the request.
     *
     * @return whether the connection can serve another request
     */
    boolean run(Exchange exchange, Position position) throws IOException;

    /** An answer in the place of the store's. In the middle of an effect, it comes before the effect is complete. */
    record Refuse(Message answer) implements Strike {
        static Refuse s3(int status, String code, String message) {
            String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                    + message + "</Message><RequestId>0</RequestId></Error>";
            return new Refuse(Message.answer(status, "application/xml", body));
        }

        static Refuse page(int status, String body) {
            return new Refuse(Message.answer(status, "text/html", body));
        }

        static Refuse bare(int status) {
            return new Refuse(Message.answer(status, "text/plain", ""));
        }

        Refuse after(int seconds) {
            return new Refuse(answer.withHead(answer.head().with("Retry-After", Integer.toString(seconds))));
        }

        Refuse tomorrow() {
            return new Refuse(answer.withHead(answer.head().with("Date", Damage.date(Duration.ofDays(1)))));
        }

        @Override
        public boolean run(Exchange exchange, Position position) throws IOException {
            return switch (position) {
                case BEFORE -> {
                    exchange.request();
                    exchange.send(answer);
                    yield true;
                }
                case MIDDLE -> {
                    Message last = answer.withHead(answer.head().with("Connection", "close"));
                    if (exchange.hasBody()) {
                        exchange.halfEffect();
                        exchange.send(last);
                    } else {
                        exchange.lateEffect(last);
                    }
                    exchange.hangUp();
                    yield false;
                }
                case AFTER -> {
                    exchange.effect();
                    exchange.send(answer);
                    yield true;
                }
            };
        }
    }

    /** The connection ends in the place of an answer, or in the middle of it. */
    enum Break implements Strike {
        RESET,
        HANG_UP,
        SILENCE;

        @Override
        public boolean run(Exchange exchange, Position position) throws IOException {
            switch (position) {
                case BEFORE -> {}
                case MIDDLE -> {
                    if (exchange.hasBody()) {
                        exchange.halfEffect();
                    } else {
                        byte[] answer = exchange.effect().bytes();
                        exchange.send(Arrays.copyOf(answer, answer.length / 2));
                    }
                }
                case AFTER -> exchange.effect();
            }
            switch (this) {
                case RESET -> exchange.reset();
                case HANG_UP -> exchange.hangUp();
                case SILENCE -> exchange.fallSilent();
            }
            return false;
        }
    }

    /** A bit of the request's body turns over on its way to the store. */
    record Flip() implements Strike {
        @Override
        public boolean run(Exchange exchange, Position position) throws IOException {
            Message request = exchange.request();
            boolean any = request.body().length > 0;
            Message sent = any ? request.flipped(Damage.bit(request, exchange, position)) : request;
            exchange.send(exchange.effect(sent));
            return true;
        }
    }

    /** The request has its effect, and something happens to the answer. */
    enum Damage implements Strike {
        CUT {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                byte[] bytes = answer.bytes();
                int head = bytes.length - answer.body().length;
                exchange.send(Arrays.copyOf(
                        bytes,
                        switch (position) {
                            case BEFORE -> head / 2;
                            case MIDDLE -> head + answer.body().length / 2 - (answer.body().length == 0 ? 2 : 0);
                            case AFTER -> bytes.length - 1;
                        }));
                exchange.hangUp();
                return false;
            }
        },
        DRIP {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                byte[] bytes = answer.bytes();
                int start = place(bytes.length, position);
                exchange.send(Arrays.copyOf(bytes, start));
                for (int i = start; i < bytes.length; i++) {
                    pause();
                    exchange.send(new byte[] {bytes[i]});
                }
                return true;
            }
        },
        FLIP {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                boolean any = answer.body().length > 0;
                exchange.send(any ? answer.flipped(bit(answer, exchange, position)) : answer);
                return true;
            }
        },
        TOO_LONG {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                int announced = answer.body().length + 1 + place(1_000, position);
                exchange.send(announced(answer, announced));
                exchange.hangUp();
                return false;
            }
        },
        TOO_SHORT {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                exchange.send(announced(answer, place(answer.body().length, position)));
                return true;
            }
        },
        CLEAN_END {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                boolean any = answer.body().length > 0;
                int end = place(answer.body().length, position);
                exchange.send(any ? answer.withBody(Arrays.copyOf(answer.body(), end)) : answer);
                return true;
            }
        },
        GARBAGE {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                byte[] bytes = answer.bytes();
                exchange.send(Arrays.copyOf(
                        bytes,
                        switch (position) {
                            case BEFORE -> 0;
                            case MIDDLE -> (bytes.length - answer.body().length) / 2;
                            case AFTER -> bytes.length;
                        }));
                exchange.send("\r\n\0\1\2 no HTTP at all \3\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                exchange.hangUp();
                return false;
            }
        },
        WRONG_DATE {
            @Override
            boolean deliver(Message answer, Exchange exchange, Position position) throws IOException {
                Head dateless = answer.head().without("Date");
                exchange.send(answer.withHead(
                        switch (position) {
                            case BEFORE -> dateless.with("Date", date(Duration.ofDays(-1)));
                            case MIDDLE -> dateless;
                            case AFTER -> dateless.with("Date", date(Duration.ofDays(1)));
                        }));
                return true;
            }
        };

        @Override
        public boolean run(Exchange exchange, Position position) throws IOException {
            return deliver(exchange.effect(), exchange, position);
        }

        abstract boolean deliver(Message answer, Exchange exchange, Position position) throws IOException;

        /** An index below a length, for which 0 gives 0. */
        private static int place(int length, Position position) {
            return switch (position) {
                case BEFORE -> 0;
                case MIDDLE -> length / 2;
                case AFTER -> Math.max(0, length - 1);
            };
        }

        static int bit(Message message, Exchange exchange, Position position) {
            return place(message.body().length, position) * 8
                    + exchange.random().nextInt(8);
        }

        /** An answer to HEAD says how long another one would be, and is left alone. */
        private static Message announced(Message answer, int length) {
            boolean bodiless = answer.body().length == 0
                    && !answer.head().value("Content-Length").orElse("0").equals("0");
            return bodiless ? answer : answer.withHead(answer.head().with("Content-Length", Integer.toString(length)));
        }

        static String date(Duration fromNow) {
            return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow));
        }

        private static void pause() throws IOException {
            try {
                Thread.sleep(50);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                throw new IOException(over);
            }
        }
    }
}
