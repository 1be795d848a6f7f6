package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A page of the groups of an operator.
 *
 * @param groups the groups, in the order of {@link StreamingQuery#groups(String, String, int)}
 * @param next identifies the position after this page, for the next one: letters, digits, hyphens
 *     and underscores that contain the last key; empty if no groups follow
 * @since 0.1
 */
public record GroupPage(List<CommittedGroup> groups, Optional<String> next) {
  /** The maximum number of groups of a page. */
  public static final int MAX_LIMIT = 10_000;

  /** Copies the groups. */
  public GroupPage {
    groups = List.copyOf(groups);
    requireNonNull(next, "next");
  }
}
