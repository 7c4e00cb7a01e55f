"""What others offer to move one large file: Amazon's CRT behind Python's s3transfer, and rclone."""

from __future__ import annotations

import os
import subprocess

from botocore.credentials import Credentials
from botocore.session import Session
from s3transfer.crt import (
    BotocoreCRTCredentialsWrapper,
    BotocoreCRTRequestSerializer,
    CRTTransferManager,
    create_s3_crt_client,
)

from .setting import Setting
from .stores import Store


def crt_manager(store: Store) -> CRTTransferManager:
    """As boto3 makes it, for any endpoint."""
    session = Session()
    credentials = Credentials(store.access_key, store.secret_key)
    session.set_credentials(store.access_key, store.secret_key)
    client = create_s3_crt_client(
        region="us-east-1",
        crt_credentials_provider=BotocoreCRTCredentialsWrapper(credentials).to_crt_credentials_provider(),
        use_ssl=store.authority is not None,
        verify=str(store.authority) if store.authority else None,
    )
    serializer = BotocoreCRTRequestSerializer(session, {"region_name": "us-east-1", "endpoint_url": store.endpoint})
    return CRTTransferManager(client, serializer)


def rclone_copy(setting: Setting, store: Store, source: str, key: str, down: bool = False) -> None:
    """A file to a key, or, `down`, a key to a file."""
    remote = (
        f":s3,provider=Other,force_path_style=true,env_auth=false,access_key_id={store.access_key},"
        f"secret_access_key={store.secret_key},region=us-east-1,endpoint='{store.endpoint}':{store.bucket}/{key}"
    )
    ends = [remote, source] if down else [source, remote]
    command = [str(setting.rclone), "--config", os.devnull, "copyto", "--s3-no-check-bucket", *ends]
    if store.authority:
        command += ["--ca-cert", str(store.authority)]
    subprocess.run(command, check=True)
