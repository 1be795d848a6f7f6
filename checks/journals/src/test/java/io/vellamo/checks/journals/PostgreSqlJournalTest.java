package io.vellamo.checks.journals;

import org.junit.jupiter.api.extension.ExtendWith;

/** Queries on PostgreSql. */
@ExtendWith(PostgreSqlExtension.class)
final class PostgreSqlJournalTest extends QueryJournalContract {
  PostgreSqlJournalTest(PostgreSqlServer server) {
    super(server.journal());
  }
}
