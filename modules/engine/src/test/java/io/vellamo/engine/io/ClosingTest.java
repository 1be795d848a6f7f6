package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingTest {
  private final List<String> closed = new ArrayList<>();
  private final IOException first = new IOException("first");
  private final IllegalStateException second = new IllegalStateException("second");

  @Test
  void all_areClosed_evenIfSomeThrow() {
    assertThatThrownBy(
            () ->
                Closing.all(
                    Arrays.asList(
                        throwing(first), null, throwing(second), () -> closed.add("last"))))
        .isSameAs(first)
        .hasSuppressedException(second);
    assertThat(closed).containsExactly("last");
  }

  @Test
  void exceptionsAfterAFailure_areAddedToIt_butNotItself() {
    IllegalStateException failure = new IllegalStateException("failure");

    Closing.afterFailure(failure, List.of(throwing(first), throwing(failure)));

    assertThat(failure).hasNoCause().hasSuppressedException(first);
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  private static AutoCloseable throwing(Exception exception) {
    return () -> {
      throw exception;
    };
  }
}
