package io.vellamo.servers;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives test classes the PostgreSQL server of this JVM, which starts when first asked for. */
public final class PostgreSqlExtension implements BeforeAllCallback, ParameterResolver {
  private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlExtension.class);
  private static final Namespace NAMESPACE = Namespace.create(PostgreSqlExtension.class);
  private static final String SKIPPED =
      "PostgreSQL is NOT tested: it does not run as root, and user name spaces are off on this"
          + " machine (unshare -U fails). Run the build as another user";

  /** Called by JUnit. */
  public PostgreSqlExtension() {}

  /** Skips the tests, and says so, where PostgreSQL can't run: as root it needs a name space. */
  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (System.getProperty("user.name").equals("root") && !canLeaveRoot()) {
      LOG.error(SKIPPED);
      Assumptions.abort(SKIPPED);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgreSqlServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(PostgreSqlServer.class, type -> PostgreSqlServer.start());
  }

  private static boolean canLeaveRoot() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
