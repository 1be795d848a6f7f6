package io.vellamo.actors;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.ParkedGroup;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A way to run a query, for {@link EpochContract}. Processing time begins at 1970. */
interface EpochDriver extends AutoCloseable {
  /** Starts a query and lets it process all input; throws its failure. */
  void start(Function<QueryStart, QueryBuilder> query) throws Exception;

  /** Lets the query process all input; throws its failure. */
  default void settle() throws Exception {
    throw new UnsupportedOperationException("a batch has one epoch");
  }

  /** Moves processing time and lets the query do what is due; throws its failure. */
  default void advance(Duration duration) throws Exception {
    throw new UnsupportedOperationException("a batch has one epoch");
  }

  /** Returns the counts of all events. */
  EventCounts total();

  /** Returns the parked groups. */
  default List<ParkedGroup> parked() throws Exception {
    throw new UnsupportedOperationException("a batch parks no groups");
  }

  /** Has a parked group called with all events that wait, and lets the query do so. */
  default void redrive(String key) throws Exception {
    throw new UnsupportedOperationException("a batch parks no groups");
  }

  /** Has a parked group called with one event at a time, and lets the query do so. */
  default void release(String key) throws Exception {
    throw new UnsupportedOperationException("a batch parks no groups");
  }

  @Override
  void close();
}
