package io.vellamo.cluster.read;

import io.vellamo.actors.query.Readers;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import org.apache.pekko.actor.typed.ActorRef;

/** The readers on all nodes. */
final class ClusterReaders implements Readers {
  private final ActorRef<ReadLinkMessage> link;

  ClusterReaders(ActorRef<ReadLinkMessage> link) {
    this.link = link;
  }

  @Override
  public void begin(QueryLedger ledger) {
    link.tell(new ReadLinkMessage.Begin(ledger));
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean keepsEvents) {
    link.tell(new ReadLinkMessage.ReadEpoch(plan, attempt, keepsEvents));
  }

  @Override
  public void committed(Offsets offsets) {
    link.tell(new ReadLinkMessage.Commit(offsets));
  }

  @Override
  public void discard(long epoch, long attempt) {
    link.tell(new ReadLinkMessage.Forget(epoch, attempt));
  }
}
