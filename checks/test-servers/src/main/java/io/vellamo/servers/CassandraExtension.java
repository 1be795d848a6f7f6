package io.vellamo.servers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes the Cassandra server of this JVM, which starts when first asked for. */
public final class CassandraExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(CassandraExtension.class);

  /** Called by JUnit. */
  public CassandraExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == CassandraServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(CassandraServer.class, type -> CassandraServer.start());
  }
}
