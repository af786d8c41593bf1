import type { sendUnaryData } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { uuidOf } from '../wire/messages.js';
import { gossip } from '../wire/wire.js';
import type { Member } from './standing.js';

const [FOLLOWER, LEADER] = [6, 8];
const TICKS_PER_MILLISECOND = 10_000n;

/** Who is in the cluster, who leads, and where each answers. No account is asked for. */
export function gossipCall(members: readonly Member[], answer: sendUnaryData<ClusterInfo>): void {
  const info = new gossip.ClusterInfo();
  for (const { instanceId, isLeader, isAlive, host, port } of members) {
    const endPoint = new gossip.EndPoint();
    endPoint.setAddress(host);
    endPoint.setPort(port);
    const member = new gossip.MemberInfo();
    member.setInstanceId(uuidOf(instanceId));
    member.setTimeStamp(String(BigInt(Date.now()) * TICKS_PER_MILLISECOND));
    member.setState(isLeader ? LEADER : FOLLOWER);
    member.setIsAlive(isAlive);
    member.setHttpEndPoint(endPoint);
    info.addMembers(member);
  }
  answer(null, info);
}
