package io.vellamo.engine.local;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.engine.inbox.InboxEffects;
import io.vellamo.engine.inbox.InboxEvents;
import io.vellamo.engine.inbox.InboxMachine;
import io.vellamo.engine.inbox.InboxOffers;
import io.vellamo.engine.inbox.InboxReader;
import io.vellamo.engine.inbox.SourceInbox;
import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.local.PendingEffect.Kind;
import java.util.List;

/**
 * An inbox of a run, whose writes wait in the queue.
 *
 * <p><b>Threading</b> Used by one thread at a time, except that offers may arrive on any thread.
 *
 * <p><b>Failure</b> A failed write ends the inbox and fails its source.
 *
 * @param <T> the events
 */
final class LocalInbox<T> implements InboxEffects, SourceInbox.Host {
  private final LocalInboxes home;
  private final AcknowledgingSource<T> source;
  private final SourceContext context;
  private final String log;
  private final String name;
  private final InboxMachine machine;
  private final InboxOffers offers;
  private final SourceInbox<T> inbox;
  private long lastSequenceNr;
  private boolean isOpened;
  private boolean isEnded;

  LocalInbox(LocalInboxes home, AcknowledgingSource<T> source, SourceContext context) {
    this.home = home;
    this.source = source;
    this.context = context;
    this.log = "inbox-" + home.input();
    this.name = home.run() + ", " + log;
    this.machine = new InboxMachine(home.query().inboxLimits(), this);
    this.offers = new InboxOffers(home.query().prepared().eventCodec(), this::arrived);
    this.inbox = new SourceInbox<>(source, context, offers, this);
  }

  /** Reads the journal, claims it, and starts the delivery; returns the reader. */
  InboxReader<T> open() throws Exception {
    LocalJournal.Recovery recovery = home.journal().read(log);
    recovery.records().forEach(record -> machine.recover((InboxRecord) record));
    lastSequenceNr = recovery.lastSequenceNr();
    long incarnation = home.ledger().incarnation();
    machine.recovered(incarnation, InboxReader.committedOf(context.committed()), lastSequenceNr);
    lastSequenceNr =
        home.journal()
            .append(log, lastSequenceNr, name, List.of(new InboxRecord.InboxOpened(incarnation)));
    machine.journaled(lastSequenceNr);
    return inbox.deliver(home.query().prepared().eventCodec());
  }

  private void arrived() {
    home.queue()
        .add(
            PendingEffect.report(
                Kind.MESSAGE,
                name + " is told of messages",
                () -> {
                  if (!isEnded) {
                    machine.offer(offers.takeAll());
                  }
                }));
  }

  @Override
  public void opened() {
    isOpened = true;
  }

  @Override
  public void persist(List<InboxRecord> records) {
    if (!isOpened) {
      // The claim, which is written while the source is opened.
      return;
    }
    home.queue()
        .add(
            PendingEffect.of(
                Kind.PERSIST,
                "%s writes %s".formatted(name, RecordText.of(records)),
                () -> home.journal().append(log, lastSequenceNr, name, records),
                this::journaled,
                this::lost));
  }

  private void journaled(long last) {
    if (!isEnded) {
      lastSequenceNr = last;
      machine.journaled(last);
    }
  }

  private void lost(Throwable cause) {
    if (!isEnded) {
      stop();
      inbox.fail(SourceInbox.notWritten(source, cause));
    }
  }

  @Override
  public void answer(List<Long> stored, List<Long> duplicates) {
    offers.answer(stored, duplicates, Runnable::run);
  }

  @Override
  public void signal() {
    context.signal().run();
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    home.queue()
        .add(
            PendingEffect.of(
                Kind.MARK,
                "%s marks that a recovery begins after record %d".formatted(name, beginsAfter),
                () -> {
                  home.journal().mark(log, beginsAfter, before);
                  return beginsAfter;
                },
                stored -> {},
                failed -> {}));
  }

  @Override
  public InboxEvents events() {
    return machine.events();
  }

  @Override
  public void committed(long offset) {
    if (!isEnded) {
      machine.committed(offset);
    }
  }

  @Override
  public void stop() {
    isEnded = true;
    offers.close(SourceInbox.notStored(source, context, null), Runnable::run);
  }
}
