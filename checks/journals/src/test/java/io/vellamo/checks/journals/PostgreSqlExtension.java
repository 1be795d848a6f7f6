package io.vellamo.checks.journals;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes the PostgreSQL server of this JVM, which starts when first asked for. */
final class PostgreSqlExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgreSqlExtension.class);

  /** PostgreSQL refuses to run as root, and is given a name space in which it isn't. */
  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    assumeTrue(
        !System.getProperty("user.name").equals("root") || canLeaveRoot(),
        "PostgreSQL is NOT tested: it does not run as root, and user name spaces are off on this"
            + " machine (unshare -U fails). Run the build as another user");
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
