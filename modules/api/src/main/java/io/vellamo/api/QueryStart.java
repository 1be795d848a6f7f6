package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.source.EventSource;
import java.util.regex.Pattern;

/**
 * A query that has a name and no source yet.
 *
 * @since 0.1
 */
public final class QueryStart {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final String name;
  private final QueryStarter starter;

  private QueryStart(String name, QueryStarter starter) {
    this.name = name;
    this.starter = starter;
  }

  /**
   * Returns the beginning of a query; users get it from the runtime's {@code query(name)}.
   *
   * @param name identifies the query and its journal: letters, digits, {@code . _ -}, at most 100,
   *     beginning with a letter or digit
   * @param runtime the runtime that starts the finished query; one of Vellamo's
   * @return the beginning of a query
   * @throws IllegalArgumentException if {@code name} has another form, or {@code runtime} is not
   *     one of Vellamo's
   */
  public static QueryStart of(String name, QueryRuntime runtime) {
    if (requireNonNull(runtime, "runtime") instanceof QueryStarter starter) {
      return new QueryStart(requireName(name), starter);
    }
    throw new IllegalArgumentException(
        "runtime must be one of Vellamo's, was a [%s]; use Vellamo.get(system).query(name)"
            .formatted(runtime.getClass().getName()));
  }

  /** Returns a name if it is a valid name of a query or operator. */
  static String requireName(String name) {
    requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          ("name must be 1 to 100 letters, digits or . _ - and begin with a letter or digit,"
                  + " was [%s]")
              .formatted(name));
    }
    return name;
  }

  /**
   * Returns the stream of a source's events.
   *
   * @param source the source of the events
   * @param <T> the event type
   * @return a stream to build on
   */
  public <T> EventStream<T> from(EventSource<T> source) {
    requireNonNull(source, "source");
    return new EventStream<>(new Pipeline(name, starter, new Upstream.Input(source), false));
  }
}
