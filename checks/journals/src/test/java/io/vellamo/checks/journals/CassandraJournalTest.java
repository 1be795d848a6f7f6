package io.vellamo.checks.journals;

import org.junit.jupiter.api.extension.ExtendWith;

/** Queries on Cassandra. */
@ExtendWith(CassandraExtension.class)
final class CassandraJournalTest extends QueryJournalContract {
  CassandraJournalTest(CassandraServer server) {
    super(server.journal());
  }
}
