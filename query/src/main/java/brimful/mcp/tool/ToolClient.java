package brimful.mcp.tool;

import brimful.service.Spender;
import java.util.Optional;

/// The client of a call, in whichever revision of the protocol it speaks.
public interface ToolClient {
  /// Returns who pays for model calls; empty if it is the person at this machine.
  Optional<Spender> payer();

  /// Returns whether the caller is someone other than the person at this machine.
  boolean isRemote();

  /// Sends progress, if the client asked for it.
  ///
  /// @param step increases with each message of a call
  void progress(long step, String message);

  /// Sends a line of the log, if the client wants lines of this level.
  void log(LogLevel level, String line);
}
