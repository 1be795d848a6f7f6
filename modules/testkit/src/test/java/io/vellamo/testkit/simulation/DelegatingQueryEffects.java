package io.vellamo.testkit.simulation;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.ConnectorMetrics;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryNews;
import java.util.List;

/** Effects of a query's machine that do what others do. */
class DelegatingQueryEffects implements QueryEffects {
  final QueryEffects actual;

  DelegatingQueryEffects(QueryEffects actual) {
    this.actual = actual;
  }

  @Override
  public void persist(List<QueryRecord> records) {
    actual.persist(records);
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    actual.markSnapshot(beginsAfter, before);
  }

  @Override
  public void open(QueryLedger ledger, int ranges) {
    actual.open(ledger, ranges);
  }

  @Override
  public void startShards(QueryCreated created) {
    actual.startShards(created);
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    actual.restartShard(shard, backoffMillis);
  }

  @Override
  public void send(int shard, ShardRequest request) {
    actual.send(shard, request);
  }

  @Override
  public void readInitialStates() {
    actual.readInitialStates();
  }

  @Override
  public void askSource(Offsets after, long most) {
    actual.askSource(after, most);
  }

  @Override
  public void askAhead(Offsets after, long most) {
    actual.askAhead(after, most);
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean hasParked) {
    actual.read(plan, attempt, hasParked);
  }

  @Override
  public void takePage(int shard, long epoch, long attempt, int number) {
    actual.takePage(shard, epoch, attempt, number);
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    actual.routeRows(epoch, attempt, operator);
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    actual.writeSink(epoch, attempt);
  }

  @Override
  public void writeRange(int range, long epoch, long attempt) {
    actual.writeRange(range, epoch, attempt);
  }

  @Override
  public void commitRange(int range, long epoch) {
    actual.commitRange(range, epoch);
  }

  @Override
  public void discard(long epoch, long attempt) {
    actual.discard(epoch, attempt);
  }

  @Override
  public void tellSource(Offsets offsets) {
    actual.tellSource(offsets);
  }

  @Override
  public void wakeAfter(long delayMillis) {
    actual.wakeAfter(delayMillis);
  }

  @Override
  public void pause(long millis) {
    actual.pause(millis);
  }

  @Override
  public void cancelWakeUp() {
    actual.cancelWakeUp();
  }

  @Override
  public void answer(long id, Object answer) {
    actual.answer(id, answer);
  }

  @Override
  public ConnectorMetrics metrics() {
    return actual.metrics();
  }

  @Override
  public void publish(QueryNews news) {
    actual.publish(news);
  }

  @Override
  public void fail(QueryFailure failure) {
    actual.fail(failure);
  }

  @Override
  public void finish() {
    actual.finish();
  }
}
