package io.vellamo.cluster.shard;

import io.vellamo.actors.query.Readers;
import io.vellamo.actors.query.Shards;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Shards that the cluster places on its nodes. */
final class ClusterShards implements Shards {
  private final ShardHost host;
  private final ActorRef<LinkMessage> link;
  private final Readers readers;

  ClusterShards(ShardHost host, ActorRef<LinkMessage> link, Readers readers) {
    this.host = host;
    this.link = link;
    this.readers = readers;
  }

  @Override
  public Readers readers() {
    return readers;
  }

  /** Tells the link of the shards; each is started by the first message to it. */
  @Override
  public void start(QueryCreated created) {
    link.tell(new LinkMessage.Begin(created));
  }

  /** Does nothing: the next message to the shard starts it. */
  @Override
  public void restart(int shard) {}

  @Override
  public void send(int shard, ShardRequest request) {
    link.tell(new LinkMessage.Send(shard, request));
  }

  @Override
  public void run(int shard, ShardRequest.RunEpoch request, EpochInput input) {
    link.tell(new LinkMessage.SendRun(shard, request, input));
  }

  @Override
  public boolean writeRanges(QueryLedger ledger, int ranges) {
    int firstShard = host.firstWritingShard(ledger.shards(), ranges);
    if (firstShard < 0) {
      return false;
    }
    link.tell(new LinkMessage.WriteRanges(ledger, firstShard));
    return true;
  }

  @Override
  public void writeRange(int range, long epoch) {
    link.tell(new LinkMessage.WriteRange(range, epoch));
  }

  @Override
  public void commitRange(int range, long epoch) {
    link.tell(new LinkMessage.CommitRange(range, epoch));
  }

  @Override
  public void discard(long epoch, long attempt) {
    link.tell(new LinkMessage.Discard(epoch, attempt));
  }

  @Override
  public int number(ActorRef<?> shard) {
    throw new AssertionError("shards are not children of the coordinator");
  }

  /** Returns none: shards of other nodes are not accessible from here. */
  @Override
  public List<ActorRef<ShardCommand>> inJournalOrder() {
    return List.of();
  }
}
