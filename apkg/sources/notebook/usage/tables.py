"""Which functions and methods open and save files, and which modules talk to the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg import media
from apkg.sources.notebook.usage.names import words

Access: TypeAlias = Literal["read", "write", "mode", "make"]
#: The argument number that stands for the object the method is called on.
RECEIVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a call does to one of its arguments (or to the object it is called on).

    ``make`` is the making of a folder, which counts if something is saved below it.
    """

    argument: int = 0
    keywords: tuple[str, ...] = ()
    access: Access = "read"
    #: Position of the mode argument, and the mode without it, where ``access`` is "mode".
    mode: int = 1
    default: str = "r"
    directory: bool = False
    #: It counts only if the path's ending is a known one: the method's name alone says little.
    weak: bool = False
    #: The path is a glob pattern (below the object for a method).
    pattern: bool = False
    media_type: str | None = None
    #: The ending that the function appends where there is none.
    suffix: str = ""


_NAMES = words(
    "path filename file fname filepath filename_or_obj filepath_or_buffer path_or_buf"
    " path_or_buffer fp file_name uri name store urlpath"
)


def _effect(argument: int = 0, *keywords: str, **settings: object) -> tuple[Effect, ...]:
    return (Effect(argument=argument, keywords=(*keywords, *sorted(_NAMES)), **settings),)  # type: ignore[arg-type]


def _each(names: str, effects: tuple[Effect, ...]) -> dict[str, tuple[Effect, ...]]:
    return dict.fromkeys(names.split(), effects)


_READ = _effect(0)
_FOLDER = _effect(0, "top", directory=True)
_MODE = _effect(0, access="mode")
_COPY = (*_effect(0, "src"), *_effect(1, "dst", access="write"))
_GDAL = (
    *_effect(0, "destName", "destNameOrDestDS", access="write"),
    *_effect(1, "src", "srcDS", "srcDSOrSrcDSTab"),
)

#: By full dotted name, import aliases undone and ``osgeo.`` left out.
FUNCTIONS: dict[str, tuple[Effect, ...]] = {
    **_each(
        "open io.open codecs.open gzip.open bz2.open lzma.open rasterio.open fiona.open h5py.File"
        " netCDF4.Dataset h5netcdf.File zipfile.ZipFile tarfile.open rasterio.io.DatasetReader"
        " h5netcdf.legacyapi.Dataset laspy.open",
        _MODE,
    ),
    "zarr.open": _effect(0, access="mode", default="a", directory=True),
    "zarr.open_group": _effect(0, access="mode", default="a", directory=True),
    "zarr.save": _effect(0, access="write", directory=True, media_type=media.ZARR),
    "pandas.HDFStore": _effect(0, access="mode", default="a"),
    "pandas.ExcelWriter": _effect(0, access="write"),
    **_each(
        "rioxarray.open_rasterio xarray.open_rasterio xarray.open_dataset xarray.open_mfdataset"
        " xarray.open_dataarray xarray.load_dataset xarray.load_dataarray xarray.open_datatree"
        " geopandas.read_file numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile"
        " numpy.memmap gdal.Open gdal.OpenEx ogr.Open PIL.Image.open matplotlib.pyplot.imread"
        " matplotlib.image.imread imageio.imread imageio.v2.imread imageio.v3.imread cv2.imread"
        " skimage.io.imread tifffile.imread tifffile.TiffFile torch.load joblib.load"
        " snappy.ProductIO.readProduct esa_snappy.ProductIO.readProduct ProductIO.readProduct"
        " pystac.read_file pystac.Catalog.from_file pystac.Collection.from_file"
        " pystac.Item.from_file pystac.ItemCollection.from_file linecache.getlines"
        " scipy.io.loadmat scipy.io.netcdf_file xml.etree.ElementTree.parse lxml.etree.parse"
        " minidom.parse xml.dom.minidom.parse shapefile.Reader rasterstats.zonal_stats"
        " satpy.Scene dask.dataframe.read_csv dask.dataframe.read_parquet polars.read_csv"
        " polars.read_parquet polars.scan_parquet pyarrow.parquet.read_table iris.load"
        " iris.load_cube cfgrib.open_dataset cfgrib.open_datasets pygrib.open laspy.read"
        " tensorflow.keras.models.load_model keras.models.load_model sqlite3.connect"
        " cv2.VideoCapture Image.open geojson.load spectral.open_image"
        " pandas.read_table pandas.read_excel pandas.read_fwf pandas.read_pickle pandas.read_hdf"
        " pandas.read_xml pandas.read_html pandas.read_stata pandas.read_sas pandas.read_spss"
        " intake.open_catalog shutil.unpack_archive ",
        _READ,
    ),
    **_each("pandas.read_csv dask.dataframe.read_csv", _effect(0, media_type=media.CSV)),
    **_each("pandas.read_json", _effect(0, media_type=media.JSON)),
    **_each(
        "pandas.read_parquet geopandas.read_parquet dask.dataframe.read_parquet",
        _effect(0, media_type=media.PARQUET),
    ),
    **_each("pandas.read_feather pandas.read_orc geopandas.read_feather", _READ),
    **_each(
        "xarray.open_zarr zarr.load zarr.open_consolidated",
        _effect(0, directory=True, media_type=media.ZARR),
    ),
    **_each("os.listdir os.scandir os.walk pathlib.Path.walk", _FOLDER),
    **_each("glob.glob glob.iglob", _effect(0, "pathname", pattern=True)),
    **_each(
        "numpy.save",
        _effect(0, access="write", suffix=".npy", media_type="application/octet-stream"),
    ),
    **_each(
        "numpy.savez numpy.savez_compressed",
        _effect(0, access="write", suffix=".npz", media_type="application/octet-stream"),
    ),
    **_each(
        "numpy.savetxt cv2.imwrite skimage.io.imsave imageio.imwrite imageio.imsave"
        " imageio.mimsave imageio.mimwrite imageio.get_writer imageio.v2.imwrite"
        " imageio.v2.mimsave imageio.v3.imwrite matplotlib.pyplot.imsave matplotlib.image.imsave"
        " tifffile.imwrite tifffile.imsave cv2.VideoWriter scipy.io.savemat pyproj.to_file"
        " pyarrow.parquet.write_table plotly.io.write_image plotly.io.write_html"
        " fiona.io.write shapefile.Writer",
        _effect(0, "outfile", "im", access="write"),
    ),
    **_each("joblib.dump torch.save", _effect(1, "f", "filename", access="write")),
    **_each(
        "snappy.ProductIO.writeProduct esa_snappy.ProductIO.writeProduct ProductIO.writeProduct",
        _effect(1, access="write"),
    ),
    **_each("shutil.copy shutil.copy2 shutil.copyfile rasterio.shutil.copy", _COPY),
    **_each("shutil.move os.rename os.replace", _effect(1, "dst", access="write")),
    "shutil.copytree": (
        *_effect(0, "src", directory=True),
        *_effect(1, "dst", access="write", directory=True),
    ),
    "shutil.make_archive": (
        *_effect(0, "base_name", access="write"),
        *_effect(2, "root_dir", directory=True),
    ),
    "urllib.request.urlretrieve": _effect(1, "filename", access="write"),
    **_each("gdal.Translate gdal.Warp gdal.BuildVRT gdal.DEMProcessing gdal.Rasterize", _GDAL),
    **_each("os.makedirs os.mkdir", _effect(0, access="make", directory=True)),
}

_WRITE = _effect(0, "fileName", "filename", access="write")

#: By the method's name, whatever it is called on.
METHODS: dict[str, tuple[Effect, ...]] = {
    **_each("to_csv", _effect(0, access="write", media_type=media.CSV)),
    **_each("to_netcdf", _effect(0, access="write", media_type=media.NETCDF)),
    **_each("to_zarr", _effect(0, access="write", directory=True, media_type=media.ZARR)),
    **_each("to_parquet", _effect(0, access="write", media_type=media.PARQUET)),
    **_each("to_json to_html to_markdown to_latex", _effect(0, "buf", access="write")),
    **_each(
        "to_excel",
        _effect(0, "excel_writer", access="write", media_type=media.media_type_of("x.xlsx")),
    ),
    **_each("to_raster", _effect(0, "raster_path", access="write")),
    **_each("to_file to_pickle to_feather to_hdf to_stata to_xml to_orc", _WRITE),
    **_each(
        "write_image write_html write_json write_csv write_parquet writePDF write_geojson", _WRITE
    ),
    **_each("savefig", _effect(0, access="write", suffix=".png")),
    **_each("CreateCopy CreateDataSource", _WRITE),
    **_each("Create", _effect(0, access="write", weak=True)),
    **_each("save tofile", _effect(0, "outfile", access="write", weak=True)),
    "normalize_and_save": _effect(0, "root_href", access="write", directory=True),
    "normalize_hrefs": _effect(0, "root_href", access="make", directory=True),
    "save_object": _effect(1, "dest_href", access="write", media_type=media.GEOJSON),
    "extractall": _effect(0, access="write", directory=True),
    "readProduct": _effect(0),
    **_each("read_text read_bytes", (Effect(argument=RECEIVER),)),
    **_each("write_text write_bytes", (Effect(argument=RECEIVER, access="write"),)),
    "open": (Effect(argument=RECEIVER, access="mode", mode=0),),
    "iterdir": (Effect(argument=RECEIVER, directory=True),),
    **_each("glob rglob", (Effect(argument=RECEIVER, pattern=True),)),
    "mkdir": (Effect(argument=RECEIVER, access="make", directory=True),),
}

#: Modules that are of use with a network only (the longest prefix of an import decides).
NETWORK_MODULES = words(
    "requests urllib.request urllib2 urllib3 httpx aiohttp http.client ftplib paramiko boto3"
    " botocore s3fs gcsfs adlfs smart_open pystac_client planetary_computer ee geemap openeo"
    " sentinelhub sentinelsat asf_search earthaccess cdsapi eodag owslib pydap siphon hda"
    " copernicusmarine ecmwfapi ecmwf.opendata cds harmony planet gdown wget pooch osmnx"
    " contextily landsatxplore usgs satsearch intake_stac stackstac odc.stac dask.distributed_ssh"
    " google.cloud.storage azure.storage.blob minio huggingface_hub kaggle pymodis swiftclient"
    " radiant_mlhub obspy.clients fsspec.implementations.http tweepy"
)
NETWORK_CALLS = frozenset(
    ("pystac.Client.open", "xarray.tutorial.open_dataset", "earthpy.data.get_data")
)
NETWORK_SCHEMES = (
    "http://", "https://", "ftp://", "s3://", "gs://", "gcs://", "az://", "abfs://", "sftp://",
    "opendap://", "dods://", "/vsicurl", "/vsis3", "/vsigs", "/vsiaz",
)  # fmt: skip
