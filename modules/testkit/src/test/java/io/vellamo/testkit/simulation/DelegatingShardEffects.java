package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Effects of a shard's machine that do what others do. */
class DelegatingShardEffects implements ShardEffects {
  final ShardEffects actual;

  DelegatingShardEffects(ShardEffects actual) {
    this.actual = actual;
  }

  @Override
  public void persist(List<ShardRecord> records) {
    actual.persist(records);
  }

  @Override
  public void call(List<EpochCall> calls, EpochTimes times) {
    actual.call(calls, times);
  }

  @Override
  public void callLater(long epoch, int calls, Duration delay) {
    actual.callLater(epoch, calls, delay);
  }

  @Override
  public void answer(long replyTo, ShardReply reply) {
    actual.answer(replyTo, reply);
  }

  @Override
  public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
    actual.page(replyTo, reply, rows);
  }

  @Override
  public void done(long replyTo, ShardReply.Done reply, EpochOutput output) {
    actual.done(replyTo, reply, output);
  }

  @Override
  public void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable cause) {
    actual.failed(replyTo, reply, cause);
  }

  @Override
  public void ignored(long replyTo) {
    actual.ignored(replyTo);
  }

  @Override
  public void epochEnded() {
    actual.epochEnded();
  }

  @Override
  public void continueSnapshot() {
    actual.continueSnapshot();
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    actual.markSnapshot(beginsAfter, before);
  }
}
