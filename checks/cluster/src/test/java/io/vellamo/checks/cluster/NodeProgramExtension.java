package io.vellamo.checks.cluster;

import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.servers.jvm.JvmProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes the program of a node, whose classes are in an archive: an undisturbed run, at
 * the first request, has made it.
 */
public final class NodeProgramExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(NodeProgramExtension.class);

  /** Called by JUnit. */
  public NodeProgramExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JvmProgram.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    PostgreSqlServer server =
        (PostgreSqlServer) new PostgreSqlExtension().resolveParameter(parameter, context);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(JvmProgram.class, type -> create(server));
  }

  private static JvmProgram create(PostgreSqlServer server) {
    try {
      // The same for each build, as an archive is large.
      Path directory = Files.createDirectories(Path.of("target", "nodes").toAbsolutePath());
      return JvmProgram.of(NodeProgram.class)
          .withSharedClasses(directory, program -> record(program, server, directory));
    } catch (Exception e) {
      throw new IllegalStateException("The program of the nodes must run once", e);
    }
  }

  private static void record(JvmProgram program, PostgreSqlServer server, Path directory)
      throws Exception {
    TestDatabase database = TestDatabase.create(server, "recorded");
    Path run = Files.createTempDirectory(directory, "recorded");
    try (TestCluster cluster = TestCluster.create(program, "local", 1, database, run)) {
      cluster.startAll();
      cluster.finish();
    }
  }
}
