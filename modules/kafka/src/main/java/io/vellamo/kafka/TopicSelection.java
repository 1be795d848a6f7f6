package io.vellamo.kafka;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a source.
 *
 * @param names the topics; empty if a pattern selects them
 * @param pattern the pattern of whole topic names; null if topics are listed
 */
record TopicSelection(List<String> names, @Nullable Pattern pattern) {
  TopicSelection {
    names = List.copyOf(names);
    if (pattern == null && names.isEmpty()) {
      throw new IllegalArgumentException("topics must not be empty, was [[]]; name a topic");
    }
  }

  String description() {
    return pattern == null ? names.stream().collect(Collectors.joining(",")) : pattern.pattern();
  }
}
