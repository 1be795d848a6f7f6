package io.vellamo.checks.journals;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.cassandra.journal.CassandraJournal;

/** The Cassandra journal under a class name that Vellamo does not know. */
public final class UnnamedCassandraJournal extends CassandraJournal {
  /** Creates the plugin; called by Pekko. */
  public UnnamedCassandraJournal(Config config, String path) {
    super(config, path);
  }
}
