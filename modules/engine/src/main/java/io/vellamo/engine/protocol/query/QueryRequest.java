package io.vellamo.engine.protocol.query;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkRequest;

/** A user's request to a query. It is answered with {@link QueryEffects#answer}. */
public sealed interface QueryRequest {
  /** Returns the id that identifies the request. */
  long id();

  /** Returns this request with another id. */
  QueryRequest withId(long id);

  /**
   * Request to be answered when everything that the source offers now is committed and nothing is
   * left to do.
   *
   * @param id identifies the request
   */
  record Settle(long id) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new Settle(other);
    }
  }

  /**
   * Request to be answered when nothing more happens by itself.
   *
   * @param id identifies the request
   */
  record AwaitIdle(long id) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new AwaitIdle(other);
    }
  }

  /**
   * Request for the parked groups.
   *
   * @param id identifies the request; the answer is the list of them
   */
  record ListParked(long id) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new ListParked(other);
    }
  }

  /**
   * Request to a parked group.
   *
   * @param id identifies the request; the answer is whether the group is parked, once the request
   *     is in the journal
   * @param operator the index of its operator
   * @param key the group
   * @param kind the request
   */
  record Park(long id, int operator, GroupKey key, ParkRequest.Kind kind) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new Park(other, operator, key, kind);
    }
  }

  /**
   * Request for a group as of the last committed epoch.
   *
   * @param id identifies the request; the answer is a {@link GroupAnswer} with at most one group
   * @param operator the index of its operator
   * @param key the group
   */
  record ReadGroup(long id, int operator, GroupKey key) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new ReadGroup(other, operator, key);
    }
  }

  /**
   * Request for groups of an operator as of the last committed epoch.
   *
   * @param id identifies the request; the answer is a {@link GroupAnswer}
   * @param operator the index of the operator
   * @param from the position at which they begin
   * @param limit the maximum number of groups, positive
   */
  record ListGroups(long id, int operator, GroupPosition from, int limit) implements QueryRequest {
    @Override
    public QueryRequest withId(long other) {
      return new ListGroups(other, operator, from, limit);
    }
  }
}
