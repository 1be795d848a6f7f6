package io.vellamo.engine.local;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.epoch.QueryLedger;

/**
 * The inbox of a source of a run.
 *
 * @param run the run
 * @param query its query
 * @param journal its journals
 * @param queue holds the inbox's writes
 * @param ledger the query at the beginning of the run
 * @param input the index of the source
 */
record LocalInboxes(
    LocalRun run,
    LocalQuery query,
    LocalJournal journal,
    EffectQueue queue,
    QueryLedger ledger,
    int input)
    implements Inboxes {
  @Override
  public <T> SourceReader<T> open(AcknowledgingSource<T> source, SourceContext context)
      throws Exception {
    return new LocalInbox<>(this, source, context).open();
  }
}
