package io.vellamo.journal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** The provider of the read journals for Pekko Persistence Query. */
final class ReadJournalPlugin implements ReadJournalProvider {

  private final EmbeddedReadJournal readJournal;

  ReadJournalPlugin(ExtendedActorSystem system, Config config) {
    readJournal = EmbeddedReadJournal.create(system, config);
  }

  @Override
  public EmbeddedScalaReadJournal scaladslReadJournal() {
    return new EmbeddedScalaReadJournal(readJournal);
  }

  @Override
  public EmbeddedReadJournal javadslReadJournal() {
    return readJournal;
  }
}
