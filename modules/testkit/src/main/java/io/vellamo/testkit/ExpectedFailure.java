package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.StreamingQueryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a test expects: a throwable among the failure and its causes.
 *
 * @param cause the class of that throwable, or a superclass
 * @param messagePart a part of its message; empty if any message, or none, will do
 */
record ExpectedFailure(Class<? extends Throwable> cause, String messagePart) {
  ExpectedFailure {
    requireNonNull(cause, "cause");
    requireNonNull(messagePart, "messagePart");
  }

  void requireIn(StreamingQueryException failure) {
    List<Throwable> chain = chain(failure);
    for (Throwable found : chain) {
      if (cause.isInstance(found) && String.valueOf(found.getMessage()).contains(messagePart)) {
        return;
      }
    }
    throw new AssertionError(
        "the query must fail because of a [%s]%s, failed with %s"
            .formatted(cause.getName(), message(), words(chain)),
        failure);
  }

  private String message() {
    return messagePart.isEmpty() ? "" : " whose message contains [%s]".formatted(messagePart);
  }

  private static String words(List<Throwable> chain) {
    StringBuilder words = new StringBuilder();
    for (Throwable found : chain) {
      words.append(words.isEmpty() ? "[" : ", caused by [");
      words.append(found.getClass().getName()).append(": ").append(found.getMessage());
      words.append(']');
    }
    return words.toString();
  }

  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    @Nullable Throwable next = failure;
    while (next != null && known.add(next)) {
      chain.add(next);
      next = next.getCause();
    }
    return chain;
  }
}
