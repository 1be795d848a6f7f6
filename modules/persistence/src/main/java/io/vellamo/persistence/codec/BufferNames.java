package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the buffers of an aggregation, as a text that a query's journal holds among its
 * layouts: {@code buffers["aggregate","count","mean, stddev"]} is the name of the operator, and
 * those of its buffers in the order in which they are written. They are shown by tools only.
 *
 * <p>The text must stay readable forever.
 *
 * @param operator the name of the aggregation
 * @param names the names of its buffers
 */
record BufferNames(String operator, List<String> names) {
  private static final String BEGIN = "buffers[";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  BufferNames {
    names = List.copyOf(names);
  }

  /**
   * Returns the names in a text, or null if it is a layout of another kind.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  static @Nullable BufferNames of(String text) {
    if (!text.startsWith(BEGIN)) {
      return null;
    }
    try {
      List<String> all = JSON.readValue(text.substring(BEGIN.length() - 1), TEXTS);
      return new BufferNames(all.get(0), all.subList(1, all.size()));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IllegalArgumentException(
          "names of buffers must be a list of texts, was [%s]".formatted(text), e);
    }
  }

  /** Returns the text. */
  String text() {
    List<String> all = new ArrayList<>();
    all.add(operator);
    all.addAll(names);
    try {
      return BEGIN.substring(0, BEGIN.length() - 1) + JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new AssertionError("every text can be written", e);
    }
  }

  /** Returns whether a layout is the names of buffers of the same operator. */
  boolean isOfSameOperator(String layout) {
    BufferNames other = of(layout);
    return other != null && other.operator.equals(operator);
  }
}
