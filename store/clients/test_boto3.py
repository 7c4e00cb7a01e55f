"""boto3, with the settings that it has when nobody sets any."""

import hashlib
import os
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

MIB = 1 << 20


@pytest.fixture(scope="module")
def s3(server):
    return server.client()


def code(error) -> str:
    return error.value.response["Error"]["Code"]


def test_an_object_comes_back_with_everything_that_was_said_about_it(server, s3):
    body = os.urandom(100_000)
    put = s3.put_object(
        Bucket=server.bucket,
        Key="comfyui/images/a.png",
        Body=body,
        ContentType="image/png",
        CacheControl="max-age=60",
        ContentDisposition='inline; filename="a.png"',
        Metadata={"seed": "42"},
        Tagging="model=flux&batch=1",
    )
    assert put["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    assert (server.folder / server.bucket / "comfyui/images/a.png").read_bytes() == body

    got = s3.get_object(Bucket=server.bucket, Key="comfyui/images/a.png")
    assert got["Body"].read() == body
    assert got["ContentType"] == "image/png"
    assert got["CacheControl"] == "max-age=60"
    assert got["ContentDisposition"] == 'inline; filename="a.png"'
    assert got["Metadata"] == {"seed": "42"}
    assert got["TagCount"] == 2
    head = s3.head_object(Bucket=server.bucket, Key="comfyui/images/a.png", ChecksumMode="ENABLED")
    assert head["ContentLength"] == len(body)
    assert head["ChecksumCRC32"] == put["ChecksumCRC32"]


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums_are_kept_and_checked(server, s3, algorithm):
    s3.put_object(Bucket=server.bucket, Key="sum", Body=b"bytes", ChecksumAlgorithm=algorithm)
    head = s3.head_object(Bucket=server.bucket, Key="sum", ChecksumMode="ENABLED")
    assert head[f"Checksum{algorithm}"]
    with pytest.raises(ClientError) as error:
        s3.put_object(
            Bucket=server.bucket, Key="sum", Body=b"other", **{f"Checksum{algorithm}": head[f"Checksum{algorithm}"]}
        )
    assert code(error) == "BadDigest"


def test_ranges(server, s3):
    s3.put_object(Bucket=server.bucket, Key="range", Body=b"0123456789")

    def get(wanted):
        return s3.get_object(Bucket=server.bucket, Key="range", Range=wanted)

    assert get("bytes=2-4")["Body"].read() == b"234"
    assert get("bytes=7-")["Body"].read() == b"789"
    assert get("bytes=-3")["Body"].read() == b"789"
    assert get("bytes=5-99")["ContentRange"] == "bytes 5-9/10"
    with pytest.raises(ClientError) as error:
        get("bytes=10-")
    assert code(error) == "InvalidRange"


def test_conditions(server, s3):
    first = s3.put_object(Bucket=server.bucket, Key="once", Body=b"1", IfNoneMatch="*")
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=server.bucket, Key="once", Body=b"2", IfNoneMatch="*")
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=server.bucket, Key="once", Body=b"2", IfMatch='"0"')
    assert code(error) == "PreconditionFailed"
    second = s3.put_object(Bucket=server.bucket, Key="once", Body=b"2", IfMatch=first["ETag"])
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=server.bucket, Key="once", IfMatch=first["ETag"])
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=server.bucket, Key="once", IfNoneMatch=second["ETag"])
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 304


def test_what_is_not_there(server, s3):
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=server.bucket, Key="nothing")
    with pytest.raises(ClientError) as error:
        s3.head_object(Bucket=server.bucket, Key="nothing")
    assert code(error) == "404"
    with pytest.raises(s3.exceptions.NoSuchBucket):
        s3.list_objects_v2(Bucket="nothing")
    s3.delete_object(Bucket=server.bucket, Key="nothing")


@pytest.mark.parametrize("listing", ["list_objects", "list_objects_v2"])
def test_listings_are_exact_in_any_page_size(server, s3, listing):
    bucket = f"pages-{listing.replace('_', '-')}"
    s3.create_bucket(Bucket=bucket)
    keys = [
        f"{folder}{name}"
        for folder in ("", "a/", "a/b/", "a-b/", "z/")
        for name in ("a", "b c", "d&<é>", "ü", "文", "🎨")
    ]
    keys += ["a/", "a//", "a/b", "a.b", "%41", "q?x=1#y", "line\nbreak"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: s3.put_object(Bucket=bucket, Key=key, Body=key.encode()), keys))
    expected = sorted(keys, key=lambda key: key.encode())
    for size in (1, 7, 1000):
        pages = s3.get_paginator(listing).paginate(Bucket=bucket, PaginationConfig={"PageSize": size})
        found = [item["Key"] for page in pages for item in page.get("Contents", [])]
        assert found == expected
        pages = s3.get_paginator(listing).paginate(
            Bucket=bucket, Prefix="a", Delimiter="/", PaginationConfig={"PageSize": size}
        )
        found, rolled = [], []
        for page in pages:
            found += [item["Key"] for item in page.get("Contents", [])]
            rolled += [item["Prefix"] for item in page.get("CommonPrefixes", [])]
        assert found == ["a", "a.b"]
        assert rolled == ["a-b/", "a/"]


def test_multipart_upload_and_download(server, s3, tmp_path):
    source = tmp_path / "model.safetensors"
    source.write_bytes(os.urandom(23 * MIB + 5))
    config = TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB, max_concurrency=4)
    s3.upload_file(
        str(source), server.bucket, "models/m.safetensors", Config=config, ExtraArgs={"Metadata": {"a": "b"}}
    )
    head = s3.head_object(Bucket=server.bucket, Key="models/m.safetensors")
    assert head["ETag"].endswith('-3"')
    assert head["Metadata"] == {"a": "b"}
    part = s3.get_object(Bucket=server.bucket, Key="models/m.safetensors", PartNumber=3)
    assert part["PartsCount"] == 3
    assert part["Body"].read() == source.read_bytes()[16 * MIB :]
    target = tmp_path / "back"
    s3.download_file(server.bucket, "models/m.safetensors", str(target), Config=config)
    assert target.read_bytes() == source.read_bytes()

    big = {"Bucket": server.bucket, "Key": "models/m.safetensors"}
    s3.copy(big, server.bucket, "models/copy", Config=config)
    assert s3.get_object(Bucket=server.bucket, Key="models/copy")["Body"].read() == source.read_bytes()
    assert not s3.list_multipart_uploads(Bucket=server.bucket).get("Uploads")


def test_a_body_larger_than_the_heap_streams_both_ways(server, s3, tmp_path):
    source = tmp_path / "large"
    with source.open("wb") as file:
        file.truncate(160 * MIB)
    with source.open("rb") as file:
        put = s3.put_object(Bucket=server.bucket, Key="large.bin", Body=file)
    with source.open("rb") as file:
        assert put["ETag"] == f'"{hashlib.md5(file.read()).hexdigest()}"'
    body = s3.get_object(Bucket=server.bucket, Key="large.bin")["Body"]
    assert sum(len(chunk) for chunk in body.iter_chunks(MIB)) == 160 * MIB
    s3.delete_object(Bucket=server.bucket, Key="large.bin")


@pytest.mark.skipif(not os.environ.get("COMFY_BUCKET_LONG"), reason="writes 2 GiB; COMFY_BUCKET_LONG asks for it")
def test_joining_a_gibibyte_keeps_the_connection_alive(server, s3):
    source, where = server.folder / server.bucket / "sparse.bin", {"Bucket": server.bucket, "Key": "joined"}
    with source.open("wb") as file:
        file.truncate(1024 * MIB + 1)
    upload = s3.create_multipart_upload(**where)["UploadId"]
    part = s3.upload_part_copy(
        **where, UploadId=upload, PartNumber=1, CopySource={"Bucket": server.bucket, "Key": "sparse.bin"}
    )
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}]}
    s3.complete_multipart_upload(**where, UploadId=upload, MultipartUpload=parts)
    assert s3.head_object(**where)["ContentLength"] == 1024 * MIB + 1
    s3.delete_object(**where)
    source.unlink()


def test_multipart_step_by_step(server, s3):
    where = {"Bucket": server.bucket, "Key": "steps"}
    upload = s3.create_multipart_upload(**where, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")["UploadId"]
    assert [u["UploadId"] for u in s3.list_multipart_uploads(Bucket=server.bucket)["Uploads"]] == [upload]
    bodies = [os.urandom(5 * MIB), os.urandom(10)]
    parts = []
    for number, body in enumerate([b"replaced", *bodies][1:], 1):
        part = s3.upload_part(**where, UploadId=upload, PartNumber=number, Body=body, ChecksumAlgorithm="CRC32")
        parts.append({"PartNumber": number, "ETag": part["ETag"], "ChecksumCRC32": part["ChecksumCRC32"]})
    listed = s3.list_parts(**where, UploadId=upload)
    assert [part["Size"] for part in listed["Parts"]] == [5 * MIB, 10]

    def complete(chosen, **more):
        return s3.complete_multipart_upload(**where, UploadId=upload, MultipartUpload={"Parts": chosen}, **more)

    with pytest.raises(ClientError) as error:
        complete(parts[::-1])
    assert code(error) == "InvalidPartOrder"
    with pytest.raises(ClientError) as error:
        complete([{**parts[0], "ETag": '"0"'}])
    assert code(error) == "InvalidPart"
    done = complete(parts, IfNoneMatch="*")
    assert done["ChecksumType"] == "FULL_OBJECT"
    assert complete(parts)["ETag"] == done["ETag"], "asking again is answered the same"
    body = s3.get_object(**where, ChecksumMode="ENABLED")  # boto3 checks the full-object CRC while reading
    assert body["Body"].read() == b"".join(bodies)

    upload = s3.create_multipart_upload(**where)["UploadId"]
    small = s3.upload_part(**where, UploadId=upload, PartNumber=1, Body=b"small")["ETag"]
    last = s3.upload_part(**where, UploadId=upload, PartNumber=2, Body=b"last")["ETag"]
    with pytest.raises(ClientError) as error:
        complete([{"PartNumber": 1, "ETag": small}, {"PartNumber": 2, "ETag": last}])
    assert code(error) == "EntityTooSmall"
    s3.abort_multipart_upload(**where, UploadId=upload)
    with pytest.raises(ClientError) as error:
        s3.list_parts(**where, UploadId=upload)
    assert code(error) == "NoSuchUpload"


def test_copy_keeps_or_replaces_metadata(server, s3):
    source = {"Bucket": server.bucket, "Key": "copy/söurce +%.txt"}
    s3.put_object(**source, Body=b"copied", ContentType="text/plain", Metadata={"a": "1"}, Tagging="t=1")
    s3.copy_object(Bucket=server.bucket, Key="copy/kept", CopySource=source)
    kept = s3.head_object(Bucket=server.bucket, Key="copy/kept")
    assert (kept["ContentType"], kept["Metadata"]) == ("text/plain", {"a": "1"})
    s3.copy_object(
        Bucket=server.bucket, Key="copy/new", CopySource=source, MetadataDirective="REPLACE", Metadata={"b": "2"}
    )
    assert s3.head_object(Bucket=server.bucket, Key="copy/new")["Metadata"] == {"b": "2"}
    with pytest.raises(ClientError) as error:
        s3.copy_object(**source, CopySource=source)
    assert code(error) == "InvalidRequest"


def test_tags(server, s3):
    where = {"Bucket": server.bucket, "Key": "tagged"}
    before = s3.put_object(**where, Body=b"x", Tagging="a=1&b=%C3%A9")["ETag"]
    assert s3.get_object_tagging(**where)["TagSet"] == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "é"}]
    s3.put_object_tagging(**where, Tagging={"TagSet": [{"Key": "c", "Value": ""}]})
    assert s3.get_object_tagging(**where)["TagSet"] == [{"Key": "c", "Value": ""}]
    s3.delete_object_tagging(**where)
    assert s3.get_object_tagging(**where)["TagSet"] == []
    assert s3.head_object(**where)["ETag"] == before


def test_deleting_many(server, s3):
    keys = [f"many/{n}&<{n}>" for n in range(25)]
    for key in keys:
        s3.put_object(Bucket=server.bucket, Key=key, Body=b"")
    answer = s3.delete_objects(Bucket=server.bucket, Delete={"Objects": [{"Key": key} for key in [*keys, "absent"]]})
    assert sorted(item["Key"] for item in answer["Deleted"]) == sorted([*keys, "absent"])
    assert s3.list_objects_v2(Bucket=server.bucket, Prefix="many/")["KeyCount"] == 0
    assert not (server.folder / server.bucket / "many").exists()


def test_buckets(server, s3):
    s3.create_bucket(Bucket="second.bucket")
    assert "second.bucket" in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    s3.head_bucket(Bucket="second.bucket")
    assert s3.get_bucket_location(Bucket="second.bucket")["LocationConstraint"] is None
    assert "Status" not in s3.get_bucket_versioning(Bucket="second.bucket")
    s3.put_object(Bucket="second.bucket", Key="deep/down/x", Body=b"")
    with pytest.raises(ClientError) as error:
        s3.delete_bucket(Bucket="second.bucket")
    assert code(error) == "BucketNotEmpty"
    s3.delete_object(Bucket="second.bucket", Key="deep/down/x")
    s3.delete_bucket(Bucket="second.bucket")
    with pytest.raises(ClientError) as error:
        s3.head_bucket(Bucket="second.bucket")
    assert code(error) == "404"


def test_presigned_links(server):
    where = {"Bucket": server.bucket, "Key": "linked/ä b.txt"}
    s3 = server.client(signature_version="s3v4")  # boto3 signs links by the old version 2 otherwise
    url = s3.generate_presigned_url("put_object", Params=where, ExpiresIn=60)
    with urllib.request.urlopen(urllib.request.Request(url, data=b"by link", method="PUT")) as answer:
        assert answer.status == 200
    params = {**where, "ResponseContentDisposition": 'attachment; filename="x.txt"', "ResponseContentType": "text/x"}
    with urllib.request.urlopen(s3.generate_presigned_url("get_object", Params=params, ExpiresIn=60)) as answer:
        assert answer.read() == b"by link"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="x.txt"'
        assert answer.headers["Content-Type"] == "text/x"
    with pytest.raises(HTTPError) as error:
        urllib.request.urlopen(s3.generate_presigned_url("get_object", Params=where, ExpiresIn=60) + "0")
    assert error.value.code == 403
    with pytest.raises(HTTPError) as error:
        urllib.request.urlopen(f"{server.endpoint}/{server.bucket}/linked/x")
    assert error.value.code == 403


def test_wrong_keys_are_told_apart(server):
    def error_of(access_key, secret_key):
        client = boto3.client(
            "s3",
            endpoint_url=server.endpoint,
            region_name="eu-west-3",
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
        )
        with pytest.raises(ClientError) as error:
            client.list_buckets()
        return code(error)

    assert error_of("AKIAUNKNOWN", server.secret_key) == "InvalidAccessKeyId"
    assert error_of(server.access_key, "wrong") == "SignatureDoesNotMatch"
