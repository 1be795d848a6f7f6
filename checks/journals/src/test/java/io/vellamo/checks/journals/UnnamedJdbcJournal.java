package io.vellamo.checks.journals;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;

/** The JDBC journal under a class name that Vellamo does not know. */
public final class UnnamedJdbcJournal extends JdbcAsyncWriteJournal {
  /** Creates the plugin; called by Pekko. */
  public UnnamedJdbcJournal(Config config) {
    super(config);
  }
}
