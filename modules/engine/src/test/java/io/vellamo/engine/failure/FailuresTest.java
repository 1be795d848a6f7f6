package io.vellamo.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.sink.SinkException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a failure says in one line. */
final class FailuresTest {
  private static final Failures SHOWING = Failures.of(true);
  private static final Failures HIDING = Failures.of(false);

  @Test
  void usersException_tellsClassTextAndFirstFrameOfUserCode() {
    RuntimeException thrown = at(new IllegalStateException("no rate for EUR"));

    assertThat(SHOWING.describe(thrown))
        .isEqualTo(
            "[java.lang.IllegalStateException]: no rate for EUR, at com.acme.Rates.of(Rates.java:42)");
  }

  @Test
  void usersException_withoutShownMessages_tellsClassAndFrame() {
    RuntimeException thrown = at(new IllegalStateException("card 4711"));

    assertThat(HIDING.describe(thrown))
        .isEqualTo("[java.lang.IllegalStateException], at com.acme.Rates.of(Rates.java:42)");
  }

  @Test
  void innermostCause_isToldOnce() {
    Throwable root = at(new IOException("No space left on device"));

    assertThat(SHOWING.describe(at(new IllegalStateException("can't write", root))))
        .isEqualTo(
            "[java.lang.IllegalStateException]: can't write, at com.acme.Rates.of(Rates.java:42);"
                + " caused by [java.io.IOException]: No space left on device");
    assertThat(SHOWING.describe(at(new IllegalStateException(root))))
        .isEqualTo(
            "[java.lang.IllegalStateException]: java.io.IOException: No space left on device, at"
                + " com.acme.Rates.of(Rates.java:42)");
  }

  @Test
  void wrapperOfAFuture_isPassedOver() {
    Throwable thrown = new CompletionException(at(new IllegalStateException("x")));

    assertThat(SHOWING.describe(thrown)).startsWith("[java.lang.IllegalStateException]: x, at");
  }

  @Test
  void ownFailure_isToldAsItIs_withTheCauseThatItDoesNotTell() {
    Throwable cause = at(new IOException("Broken pipe"));

    assertThat(HIDING.describe(new SinkException("s", "Sink must take the epoch", null)))
        .isEqualTo("Sink must take the epoch");
    assertThat(HIDING.describe(new SinkException("s", "Sink must take the epoch", cause)))
        .isEqualTo(
            "Sink must take the epoch; caused by [java.io.IOException]: Broken pipe, at"
                + " com.acme.Rates.of(Rates.java:42)");
    assertThat(HIDING.describe(new SinkException("s", "found [Broken pipe]", cause)))
        .isEqualTo("found [Broken pipe]");
  }

  @Test
  void platformsText_isShownAlways() {
    assertThat(HIDING.describe(at(new NoSuchFileException("/in/a.csv"))))
        .startsWith("[java.nio.file.NoSuchFileException]: /in/a.csv, at");
    assertThat(HIDING.describe(at(new OutOfMemoryError("Java heap space"))))
        .startsWith("[java.lang.OutOfMemoryError]: Java heap space, at");
  }

  @Test
  void text_isOneLineOfPrintableCharacters() {
    RuntimeException thrown = at(new IllegalStateException("a\r\n\tb \u001b[31mred\u202e \ud83d"));

    assertThat(SHOWING.describe(thrown))
        .startsWith("[java.lang.IllegalStateException]: a b \ufffd[31mred\ufffd \ufffd, at");
  }

  @Test
  void text_isCutAfter200Characters_notWithinOne() {
    String emoji = "\ud83d\ude00";
    RuntimeException thrown = at(new IllegalStateException("x" + emoji.repeat(200)));

    assertThat(SHOWING.describe(thrown))
        .startsWith("[java.lang.IllegalStateException]: x" + emoji.repeat(99) + "..., at");
  }

  @Test
  void keptText_isCutAfter1000Characters() {
    assertThat(Failures.message(new IllegalStateException("x".repeat(1001)))).hasSize(1000);
    assertThat(Failures.message(new IllegalStateException("x".repeat(1000)))).hasSize(1000);
    assertThat(Failures.message(new IllegalStateException())).isNull();
  }

  @Test
  void exceptionWhoseTextThrows_isToldAllTheSame() {
    RuntimeException thrown =
        at(
            new IllegalStateException() {
              private static final long serialVersionUID = 1L;

              @Override
              public String getMessage() {
                throw new UnsupportedOperationException();
              }
            });

    assertThat(SHOWING.describe(thrown))
        .contains("getMessage threw [java.lang.UnsupportedOperationException]");
  }

  @Test
  void ringOfCauses_ends() {
    RuntimeException one = at(new IllegalStateException("one"));
    RuntimeException other = at(new IllegalStateException("other", one));
    one.initCause(other);

    assertThat(SHOWING.describe(one)).startsWith("[java.lang.IllegalStateException]: one, at");
  }

  @Test
  void valueWhoseTextThrows_isToldByItsClass() {
    Object key =
        new Object() {
          @Override
          public String toString() {
            throw new Error("on purpose");
          }
        };

    assertThat(Failures.text(key)).startsWith("a io.vellamo.engine.failure.FailuresTest");
    assertThat(Failures.text("a\nb")).isEqualTo("a b");
    assertThat(Failures.text(null)).isEqualTo("null");
  }

  @Test
  void thrown_isTakenApartAgain() {
    String thrown = Failures.thrown(at(new IllegalStateException("x")));

    assertThat(thrown)
        .isEqualTo("java.lang.IllegalStateException at com.acme.Rates.of(Rates.java:42)");
    assertThat(Failures.classOf(thrown)).isEqualTo("java.lang.IllegalStateException");
    assertThat(Failures.bracketed(thrown))
        .isEqualTo("[java.lang.IllegalStateException] at com.acme.Rates.of(Rates.java:42)");
    assertThat(Failures.bracketed("X")).isEqualTo("[X]");
  }

  private static <T extends Throwable> T at(T thrown) {
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("app", null, null, "java.util.Objects", "requireNonNull", null, 1),
          new StackTraceElement("io.vellamo.engine.group.StepState", "get", "StepState.java", 7),
          new StackTraceElement("com.acme.Rates", "of", "Rates.java", 42),
          new StackTraceElement("com.acme.Main", "main", "Main.java", 1)
        });
    return thrown;
  }
}
