package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.StreamingQuery;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A runtime that takes the plan of a changed query instead of starting it. */
final class ChangedQuery implements QueryStarter {
  private static final class Described extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Described() {
      super("described", null, false, false);
    }
  }

  private @Nullable QueryPlan plan;

  private ChangedQuery() {}

  /**
   * Returns the stateful operator of a query.
   *
   * @throws IllegalArgumentException if it does not have exactly one that calls groups
   */
  static Stage.Group operator(Function<QueryStart, QueryBuilder> query) {
    ChangedQuery changed = new ChangedQuery();
    try {
      query.apply(QueryStart.of("changed", changed)).start();
    } catch (Described e) {
      // By start.
    }
    List<Stage> stateful =
        requireNonNull(changed.plan, "plan").upstream().stages().stream()
            .filter(stage -> stage instanceof Stage.Group || stage instanceof Stage.Deduplicate)
            .toList();
    if (stateful.size() != 1 || !(stateful.get(0) instanceof Stage.Group group)) {
      throw new IllegalArgumentException(
          "query must have one stateful operator other than dropDuplicates to replay it, has [%d]"
              .formatted(stateful.size()));
    }
    return group;
  }

  @Override
  public StreamingQuery start(QueryPlan described) {
    plan = described;
    throw new Described();
  }
}
