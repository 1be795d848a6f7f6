package io.vellamo.api.sink;

/**
 * The identity of a row, which stays the same if its epoch runs again.
 *
 * @param query the query's name
 * @param epoch the epoch's number, from 1
 * @param shard the shard that emitted the row; −1 if no group did
 * @param index the row's index among the rows of the epoch and shard, from 0
 * @since 0.1
 */
public record RowId(String query, long epoch, int shard, long index) {
  @Override
  public String toString() {
    return query + "/" + epoch + "/" + shard + "/" + index;
  }
}
